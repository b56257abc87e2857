"""The routes, as tables by subject; ``wallet_api.service.operations`` joins them.

They are not joined here, so that a handler may use a table's parts without loading every table.
"""
