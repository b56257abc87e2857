"""Devices, PIN and freeze, as their owner sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.playing import Player, play
from tests.stage.snapshots import snapshot
from wallet_api.contract.administration import JoinCard, JoinWallet
from wallet_cli.screens.app import WalletApp
from wallet_cli.security import Security
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from wallet_api.contract.wire import DeviceKeys

SECOND = Chosen("wallet", "second")


def join(name: str = "Old phone") -> JoinCard:
    """Have a second device ask to use the wallet."""
    with Session(WALLET) as session:
        wallet = session.profile.owner

    def request(device: DeviceKeys) -> JoinWallet:
        return JoinWallet(wallet=wallet, device=device, name=name)

    return open_profile(SECOND, "file", request, "/v1/devices", JoinCard)


def states() -> set[str]:
    with Session(WALLET) as session:
        return {device.state for device in Security(session).devices().items}


async def at_devices(player: Player) -> None:
    await player.until(lambda: player.app.link.is_live)
    player.app.go("devices")
    await player.see("✓")


def test_a_device_is_let_in_by_its_digits_and_the_pin_and_shut_out_again(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_devices(player)
        await player.see("(this one)")
        card = await player.apart(join)
        await player.see("Old phone", card.comparison)
        # The one that waits is chosen as it comes.
        await player.press("a")
        await player.see("Are these digits on the new")
        await player.press("enter")
        await player.see("The PIN lets the device in.")
        await player.write("111112")
        await player.press("enter")
        await player.see("The PIN is wrong")
        await player.write(PIN)
        await player.press("enter")
        await player.see("✓ Old phone can use this wallet now.")
        assert await player.apart(states) == {"active"}
        await player.press("enter")
        await player.press("x")
        await player.see("cannot be undone")
        # What does nothing has the focus.
        await player.press("enter")
        await player.see_no("cannot be undone")
        await player.press("x")
        await player.see("cannot be undone")
        await player.press("shift+tab", "enter")
        await player.see("The PIN shuts the device out.")
        await player.write(PIN)
        await player.press("enter")
        await player.see("✓ The device is shut out.")
        assert await player.apart(states) == {"active", "revoked"}

    play(lambda: WalletApp(WALLET), scenario)


def test_a_freeze_is_set_and_lifted(shop: Programs) -> None:
    def frozen() -> bool:
        with Session(WALLET) as session:
            return bool(Wallet(session).card().frozen_by)

    async def scenario(player: Player) -> None:
        await at_devices(player)
        await player.see("The wallet can pay.")
        await player.press("f")
        await player.see("Nothing is paid from it")
        await player.press("shift+tab", "enter")
        await player.see("Frozen by you")
        assert await player.apart(frozen)
        await player.press("f")
        await player.see("The PIN lifts the freeze.")
        await player.write(PIN)
        await player.press("enter")
        await player.see("The wallet can pay.")
        assert not await player.apart(frozen)

    play(lambda: WalletApp(WALLET), scenario)


def test_a_pin_is_changed_with_the_one_before(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_devices(player)
        await player.see("A PIN is set.")
        await player.press("p")
        await player.see("The PIN before")
        for pin in (PIN, "975310", "975311"):
            await player.write(pin)
            await player.press("enter")
        await player.see("The two PINs differ. Nothing changed.")
        await player.press(*["backspace"] * 6)
        await player.write("975310")
        await player.press("enter")
        await player.see("✓ The PIN is set.")

        def unfreeze() -> None:
            with Session(WALLET) as session:
                Security(session).freeze()
                Security(session).unfreeze("975310")

        await player.apart(unfreeze)

    play(lambda: WalletApp(WALLET), scenario)


def test_devices_look_as_they_did(shop: Programs) -> None:
    snapshot("wallet-devices", lambda: WalletApp(WALLET), at_devices)
