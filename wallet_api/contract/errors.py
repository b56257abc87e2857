"""The table of errors: code, HTTP status, exit code, English and Chinese sentence.

Rows that never cross the wire carry the status 0. ``stored`` marks the refusals that stay the
answer of their idempotency key, because a new attempt needs a person.
"""

from __future__ import annotations

from wallet_api.contract.error_base import Exit, row

R, U, N, X, B = Exit.REFUSED, Exit.UNREACHABLE, Exit.NOT_ENROLLED, Exit.UNKNOWN, Exit.BAD_CODE

# fmt: off

# Paying.
InsufficientFunds = row("insufficient_funds", 409, R, "The balance is too small. No money moved. Top up with `wallet top-up AMOUNT`.", "余额不足，未扣款。请先充值：wallet top-up 金额。", stored=True)
PinRequired = row("pin_required", 409, R, "This payment needs your PIN. No money moved. Run `wallet confirm {id}`, or give --pin-file.", "此笔付款需要密码，未扣款。请运行 wallet confirm {id}，或使用 --pin-file。")
PinWrong = row("pin_wrong", 403, R, "The PIN is wrong. No money moved. Tries left: {tries_left}.", "密码错误，未扣款。剩余次数：{tries_left}。", stored=True)
PinLocked = row("pin_locked", 403, R, "The PIN is locked after three wrong tries. No money moved. The bank must unlock it.", "密码连续输错三次，已锁定，未扣款。请联系银行解锁。", stored=True)
PinNotSet = row("pin_not_set", 409, R, "This payment needs a PIN and this wallet has none. No money moved.", "此笔付款需要密码，但钱包未设置密码，未扣款。", stored=True)
PinWeak = row("pin_weak", 422, R, "A PIN is six digits, not all the same and not in a row. Nothing changed. Choose another.", "密码须为六位数字，且不能全部相同或连续。未做更改，请重新设置。")
TermsChanged = row("terms_changed", 409, R, "Payee, amount or expiry differ from what was approved. No money moved. Scan the code again.", "收款方、金额或有效期与确认内容不符，未扣款。请重新扫码。", stored=True)
CurrencyMismatch = row("currency_mismatch", 409, R, "The amount is in {charge}, the account is in {wallet}. No money moved.", "金额币种为 {charge}，账户币种为 {wallet}，未扣款。", stored=True)
WalletFrozen = row("wallet_frozen", 403, R, "The wallet is frozen. No money moved. Lift your own freeze with `wallet unfreeze`; the bank lifts its own.", "钱包已冻结，未扣款。如由您本人冻结，请运行 wallet unfreeze；否则请联系银行。", stored=True)
MerchantFrozen = row("merchant_frozen", 403, R, "The merchant cannot take payments now. No money moved.", "商户暂时无法收款，未扣款。", stored=True)

# The charge's life.
AlreadyPaid = row("already_paid", 409, R, "The charge is paid already. Nothing moved this time. A till can reverse or refund it.", "该笔收款已支付，本次未扣款。收银台可撤销或退款。", stored=True)
ChargeClosed = row("charge_closed", 409, R, "The charge is closed ({reason}). No money moved. Ask for a new code.", "该笔收款已关闭（{reason}），未扣款。请重新出码。", stored=True)
ChargeFailed = row("charge_failed", 409, R, "The charge has failed ({reason}). No money moved. Ask for a new code.", "该笔收款已失败（{reason}），未扣款。请重新发起。", stored=True)
ChargeReversed = row("charge_reversed", 409, R, "The charge was reversed. Nothing moved this time.", "该笔收款已撤销，本次未发生资金变动。", stored=True)
UseConfirm = row("use_confirm", 409, R, "This charge waits for a confirmation. No money moved. Run `wallet confirm {id}`.", "该笔收款等待确认，未扣款。请运行 wallet confirm {id}。")
PaymentOver = row("payment_over", 409, R, "The payment is {state} already. Nothing moved this time.", "该笔付款状态已为 {state}，本次未发生资金变动。", stored=True)
NotPaid = row("not_paid", 409, R, "The charge is not paid, so there is nothing to return. Nothing moved.", "该笔收款尚未支付，无款可退，未发生资金变动。", stored=True)
HasRefunds = row("has_refunds", 409, R, "The charge has refunds, so it cannot be reversed. Nothing moved. Refund the rest.", "该笔收款已有退款，不能撤销，未发生资金变动。请退还余款。", stored=True)
RefundTooLarge = row("refund_too_large", 409, R, "The refund is larger than what is left: {left}. Nothing moved.", "退款金额超过可退余额 {left}，未发生资金变动。", stored=True)
ReversalWindowPassed = row("reversal_window_passed", 409, R, "A reversal is possible for 7 days. Nothing moved. Refund instead.", "撤销须在 7 天内，未发生资金变动。请改用退款。", stored=True)
RefundWindowPassed = row("refund_window_passed", 409, R, "A refund is possible for 365 days. Nothing moved.", "退款须在 365 天内，未发生资金变动。", stored=True)
MerchantFundsShort = row("merchant_funds_short", 409, R, "The merchant's balance is too small to return this. Nothing moved.", "商户余额不足，无法退回，未发生资金变动。", stored=True)

# The payer's code.
CodeUsed = row("code_used", 409, R, "The code was used or skipped before. No money moved. Ask the customer for a fresh one.", "付款码已使用或已作废，未扣款。请顾客刷新付款码。", stored=True)
CodeExpired = row("code_expired", 409, R, "The code is not valid now. No money moved. Ask the customer for a fresh one.", "付款码无效或已过期，未扣款。请顾客刷新付款码。", stored=True)
CodeUnknown = row("code_unknown", 404, R, "No wallet shows this code. No money moved. Ask the customer for a fresh one.", "未识别的付款码，未扣款。请顾客刷新付款码。", stored=True)
CodesUsedUp = row("codes_used_up", 0, U, "All {count} offline codes are used. Connect once to get more.", "{count} 个离线付款码已用完，请联网一次。")

# What was asked is wrong.
AmountInvalid = row("amount_invalid", 422, Exit.USAGE, "{reason}. Nothing changed. Write an amount like 12.50 or 12.50 EUR.", "金额无效：{reason}。未做更改。格式如 12.50 或 12.50 EUR。")
CurrencyNotServed = row("currency_not_served", 422, R, "The bank has no accounts in {currency}. Nothing changed.", "银行不提供 {currency} 账户，未做更改。")
BadRequest = row("bad_request", 400, R, "The request is malformed: {reason}. Nothing changed.", "请求格式错误：{reason}。未做更改。")
TextInvalid = row("text_invalid", 422, R, "{field} must be 1 to 64 columns of plain text. Nothing changed.", "{field} 须为 1 至 64 列的普通文字，未做更改。")
NotFound = row("not_found", 404, R, "There is no such {what} here. Nothing changed.", "未找到{what}，未做更改。")
NotYours = row("not_yours", 403, R, "That belongs to somebody else. Nothing changed.", "该对象不属于您，未做更改。")
WrongRole = row("wrong_role", 403, R, "Only a {role} may do that. Nothing changed.", "只有{role}可以执行此操作，未做更改。")
MethodNotAllowed = row("method_not_allowed", 405, R, "That method does not exist here. Nothing changed.", "不支持该方法，未做更改。")
BodyTooLarge = row("body_too_large", 413, R, "The request is larger than {limit} bytes. Nothing changed.", "请求超过 {limit} 字节，未做更改。")
HeadTooLarge = row("head_too_large", 431, R, "The target or the header fields are larger than {limit} bytes. Nothing changed.", "请求头超过 {limit} 字节，未做更改。")
RequestTimeout = row("request_timeout", 408, U, "The request did not arrive within {seconds} s. Nothing changed. Send it again.", "请求未在 {seconds} 秒内送达，未做更改。请重新发送。")
MediaType = row("media_type", 415, R, "Bodies are application/json. Nothing changed.", "请求正文须为 application/json，未做更改。")
HostRefused = row("host_refused", 421, R, "This service does not answer for that host. Nothing changed.", "服务不接受该主机名，未做更改。")
OriginRefused = row("origin_refused", 403, R, "Web pages may not call this. Nothing changed.", "不接受网页发起的请求，未做更改。")

# Keys and signatures.
KeyMissing = row("key_missing", 400, R, "The request needs an Idempotency-Key that is a UUIDv7. Nothing changed.", "请求缺少 UUIDv7 格式的 Idempotency-Key，未做更改。")
KeyReused = row("key_reused", 422, R, "This key was sent before with another request. Nothing changed.", "该幂等键已用于其他请求，未做更改。")
KeyExpired = row("key_expired", 409, R, "This key is more than 8 days old and unknown. Nothing changed. Start again with a new one.", "该幂等键超过 8 天且未知，未做更改。请使用新键。")
SignatureInvalid = row("signature_invalid", 401, N, "The signature is missing or wrong: {reason}. Nothing changed.", "签名缺失或错误：{reason}。未做更改。")
SignatureReplayed = row("signature_replayed", 401, R, "The same signature came twice. Nothing changed. Sign anew.", "签名重复，未做更改。请重新签名。")
ClockSkew = row("clock_skew", 401, R, "The clock is off by more than 60 s. Nothing changed. Set the clock.", "时钟偏差超过 60 秒，未做更改。请校准时钟。")
DeviceUnknown = row("device_unknown", 401, N, "The service does not know this device, or has shut it out. Nothing changed. Enrol with `wallet open` or `pos open`, under a new --profile.", "服务不识别此设备或已将其停用，未做更改。请用新的 --profile 开户。")
EnrolmentClosed = row("enrolment_closed", 403, R, "Enrolment here needs an invitation. Nothing changed. Ask the bank for one and give it with --invite.", "此处开户需要邀请，未做更改。请向银行索取邀请码，并使用 --invite。")
AlreadyEnrolled = row("already_enrolled", 409, R, "This id or key is enrolled already. Nothing changed.", "该标识或密钥已注册，未做更改。", stored=True)

# The service.
RateLimited = row("rate_limited", 429, U, "Too many requests. Nothing changed. Try again in {retry_after} s.", "请求过多，未做更改。请在 {retry_after} 秒后重试。")
Overloaded = row("overloaded", 503, U, "The service is busy or stopping. Nothing happened. Try again.", "服务繁忙或正在停止，未发生任何变化。请重试。")
OutcomeUnknown = row("outcome_unknown", 500, X, "The outcome is unknown; asking again is safe. Run `resume` before you try anew: it finds out about {id}.", "结果未知，可安全查询。重新操作前请先运行 resume 查明 {id} 的结果。", money_moved=None)
ServiceUnreachable = row("service_unreachable", 0, U, "The service at {url} does not answer. Nothing was sent. Is it running?", "无法连接服务 {url}，未发送任何请求。服务是否已启动？")
AnswerInvalid = row("answer_invalid", 0, U, "The service at {url} answered nonsense. Nothing changed here.", "服务 {url} 的应答无法识别，本机未做更改。")
ServiceChanged = row("service_changed", 0, N, "The service at {url} is not the one this profile was opened with. Nothing was sent.", "服务 {url} 与开户时不同，未发送任何请求。")
ServiceInsecure = row("service_insecure", 0, Exit.USAGE, "{url} is neither https nor on this machine. Nothing was sent. Where that is meant, set WALLET_API_INSECURE=1.", "{url} 既非 https 也非本机，未发送任何请求。如确需如此，请设置 WALLET_API_INSECURE=1。")
ServiceUntrusted = row("service_untrusted", 0, U, "The service's certificate is not trusted: {reason}. Nothing was sent. Is it the right address? WALLET_API_CA names a private authority.", "服务证书不受信任：{reason}。未发送任何请求。请核对地址；私有证书颁发机构可由 WALLET_API_CA 指定。")
ServiceNotStarted = row("service_not_started", 0, U, "The local service did not start: {reason}. Nothing was sent. Run `wallet-api serve` to see why.", "本地服务未能启动：{reason}。未发送任何请求。可运行 wallet-api serve 查看原因。")
ServiceStopped = row("service_stopped", 0, R, "The service has stopped: {reason}. What it acknowledged is kept.", "服务已停止：{reason}。已确认的交易均已保存。")
ServiceNotStopped = row("service_not_stopped", 0, R, "The local service (process {pid}) did not end in time.", "本地服务（进程 {pid}）未能按时结束。")

# The till and the wallet themselves.
PaymentPending = row("payment_pending", 0, X, "Still waiting for the payer after {seconds} s. Ask again with `pos wait {id}`.", "已等待 {seconds} 秒，付款方仍未完成。可运行 pos wait {id} 继续等待。", money_moved=None)
ConfirmationRequired = row("confirmation_required", 0, Exit.USAGE, "There is no terminal to ask on. Nothing was sent. Give --yes to go on without asking.", "没有可供确认的终端，未发送任何请求。如无需确认请加 --yes。")
Cancelled = row("cancelled", 0, R, "Not confirmed. Nothing was sent.", "未确认，未发送任何请求。")
Usage = row("usage", 0, Exit.USAGE, "{reason}", "{reason}")
Interrupted = row("interrupted", 0, Exit.INTERRUPTED, "Interrupted. Look up what you sent before trying again.", "已中断。重试前请先查询。", money_moved=None)
NoProfile = row("no_profile", 0, N, "There is no {program} profile named {profile}. Open one with `{program} open --name NAME`.", "没有名为 {profile} 的 {program} 档案。请先运行 {program} open --name 名称。")
ProfileExists = row("profile_exists", 0, R, "The {program} profile {profile} exists already. Nothing changed. Choose another with --profile.", "{program} 档案 {profile} 已存在，未做更改。请用 --profile 另选。")
IdAmbiguous = row("id_ambiguous", 0, R, "Several records end in {id}. Give more of the id.", "有多条记录以 {id} 结尾，请输入更多字符。")
StoreLocked = row("store_locked", 0, N, "The credential store is locked: {reason}", "凭据库已锁定：{reason}")
StoreUnavailable = row("store_unavailable", 0, N, "The credential store cannot be used: {reason} Nothing was sent. Unlock it, or open the profile with --store file.", "凭据库不可用：{reason} 未发送任何请求。请解锁，或开户时使用 --store file。")
SecretMissing = row("secret_missing", 0, N, "The credential store holds no {name} for this profile.", "凭据库中没有此档案的 {name}。")
StateDamaged = row("state_damaged", 0, N, "The file {path} is damaged. Nothing was sent.", "文件 {path} 已损坏，未发送任何请求。")

# Codes and pictures.
CodeDamaged = row("code_damaged", 0, B, "The code is damaged: {reason} No money moved. Scan it again.", "收款码已损坏：{reason} 未扣款，请重新扫描。")
CodeInvalid = row("code_invalid", 0, B, "The code breaks a rule: {reason} No money moved.", "收款码不合规范：{reason} 未扣款。")
CodeForeign = row("code_foreign", 0, B, "The code is of another kind: {scheme}. It cannot be used here. No money moved.", "这是其他类型的码：{scheme}。此处无法使用，未扣款。")
CodeUnreadable = row("code_unreadable", 0, B, "That is no payment code. No money moved.", "这不是付款码，未扣款。")
PictureUnreadable = row("picture_unreadable", 0, B, "The picture cannot be read: {reason} No money moved.", "无法读取图片：{reason} 未扣款。")
PictureTooLarge = row("picture_too_large", 0, B, "The picture is too large: {reason} No money moved.", "图片过大：{reason} 未扣款。")
NoCodeFound = row("no_code_found", 0, B, "There is no readable code in the picture. No money moved.", "图片中没有可读的码，未扣款。")
SeveralCodes = row("several_codes", 0, B, "There are {count} codes in the picture: {codes}. No money moved. Choose one with --pick N.", "图片中有 {count} 个码：{codes}。未扣款。请用 --pick N 选择。")
DecoderMissing = row("decoder_missing", 0, B, "No picture decoder is installed. Paste the code as text instead.", "未安装图片解码器。请改为粘贴文字。")

# Limits and risk.
LimitExceeded = row("limit_exceeded", 409, R, "{reason} No money moved. {remedy}", "{reason}未扣款。{remedy}", stored=True)
RiskHeld = row("risk_held", 409, R, "{reason} No money moved. Ask the bank to release the wallet.", "{reason}未扣款。请联系银行解除。", stored=True)
RiskRefused = row("risk_refused", 409, R, "{reason} No money moved.", "{reason}未扣款。", stored=True)
NotHeld = row("not_held", 409, R, "No rule holds this wallet. Nothing changed.", "该钱包未被暂停支出，未做更改。")
TierNotAbove = row("tier_not_above", 409, R, "The wallet is in tier {tier} already. Nothing changed.", "该钱包已为 {tier} 类，未做更改。", stored=True)
EvidenceMissing = row("evidence_missing", 422, R, "Tier {tier} needs {needs}. Nothing changed.", "升级至 {tier} 类需要{needs}，未做更改。")
EvidenceInvalid = row("evidence_invalid", 422, R, "The evidence is not well formed: {field}. Nothing changed. Check every digit.", "{field}格式有误，未做更改。请核对。")
EvidenceDeclined = row("evidence_declined", 409, R, "The evidence could not be verified. Nothing changed. Check it, or go to a branch.", "身份信息未通过核验，未做更改。请核对或前往网点办理。", stored=True)
VerifierSilent = row("verifier_silent", 503, U, "The evidence cannot be checked now. Nothing changed. Try again.", "暂时无法核验身份信息，未做更改。请稍后重试。")
ReceiverFull = row("receiver_full", 409, R, "That wallet cannot take this amount now. No money moved. Send less, or ask its owner.", "对方钱包暂时无法收取该金额，未扣款。请减少金额或联系对方。", stored=True)

# Money between people.
ToOneself = row("to_oneself", 422, R, "That would go to your own wallet. No money moved.", "不能转给自己的钱包，未扣款。")
ReceiverUnavailable = row("receiver_unavailable", 409, R, "This person cannot receive that now. No money moved. Ask them, or try a smaller amount.", "对方暂时无法收取该款项，未扣款。请联系对方或减少金额。", stored=True)
TransferOver = row("transfer_over", 409, R, "The transfer is {state} already. Nothing moved this time.", "该笔转账状态已为 {state}，本次未发生资金变动。", stored=True)
RequestOver = row("request_over", 409, R, "The request for money is {state} already. No money moved.", "该笔收款请求状态已为 {state}，未扣款。", stored=True)
SharesInvalid = row("shares_invalid", 422, Exit.USAGE, "The shares are wrong: {reason}. Nothing changed.", "份额无效：{reason}。未做更改。")
GiftOver = row("gift_over", 409, R, "The gift is {state} already. Nothing moved this time.", "该红包状态已为 {state}，本次未发生资金变动。", stored=True)
GiftClaimed = row("gift_claimed", 409, R, "You have taken your share of this gift already. Nothing moved this time.", "您已领取过该红包，本次未发生资金变动。", stored=True)
GiftOwn = row("gift_own", 409, R, "Your own gift is for others. Nothing moved. What nobody takes comes back to you.", "自己的红包由他人领取，未发生资金变动。无人领取的部分将退回。", stored=True)

# The bank.
WithdrawalOver = row("withdrawal_over", 409, R, "The withdrawal is {state} already. Nothing moved this time.", "该笔提现状态已为 {state}，本次未发生资金变动。", stored=True)
NothingToSettle = row("nothing_to_settle", 409, R, "The merchant has nothing to settle. Nothing moved.", "商户没有待结算款项，未发生资金变动。", stored=True)
NothingToSweep = row("nothing_to_sweep", 409, R, "There are no {currency} fees to sweep, or a sweep is on its way. Nothing moved.", "没有待划转的 {currency} 手续费，或已在划转中，未发生资金变动。", stored=True)
AlreadyMatched = row("already_matched", 409, R, "This money was given to the wallet {wallet} before. Nothing moved this time.", "该笔款项已归入钱包 {wallet}，本次未发生资金变动。", stored=True)
BankPending = row("bank_pending", 0, X, "The bank has not answered yet; it is asked again until it does. Do not repeat it: look with `wallet show {id}`.", "银行尚未答复，系统会继续查询。请勿重复操作，可运行 wallet show {id} 查询。", money_moved=None)
FileBroken = row("file_broken", 0, R, "The settlement file is not right: {reason}. Do not use it; fetch it again with `pos settlement ID --save FILE`.", "结算文件有误：{reason}。请勿使用，可运行 pos settlement 编号 --save 文件 重新下载。")

# Identity and administration.
ServiceNotRunning = row("service_not_running", 0, U, "No service runs on {database}. Nothing was sent. Start it with `wallet-api serve`.", "没有服务在使用 {database}，未发送任何请求。请先运行 wallet-api serve。")
PinNeeded = row("pin_needed", 409, R, "This needs your PIN. Nothing changed. Give --pin-file, or run it on a terminal.", "此操作需要密码，未做更改。请使用 --pin-file，或在终端中运行。")
DevicePending = row("device_pending", 403, N, "This device waits for approval. Nothing changed. Approve it on another device of the wallet: `wallet approve {id}`.", "此设备等待批准，未做更改。请在钱包的另一台设备上运行 wallet approve {id}。")
DeviceOver = row("device_over", 409, R, "The device is {state}. Nothing changed. Join again with `wallet open --join`.", "设备状态为 {state}，未做更改。请重新运行 wallet open --join。")
DevicesFull = row("devices_full", 409, R, "A wallet has at most {limit} devices, and {waiting} may wait. Nothing changed. Revoke one with `wallet revoke`.", "每个钱包最多 {limit} 台设备，等待批准的最多 {waiting} 台，未做更改。请先运行 wallet revoke 停用一台。")
DeviceIsThis = row("device_is_this", 409, R, "That is the device you are using. Nothing changed. Give --yes to shut it out all the same.", "这是您正在使用的设备，未做更改。如仍要停用请加 --yes。")
InviteUnknown = row("invite_unknown", 403, R, "The invitation is not known here. Nothing changed. Check its letters, or ask for a new one.", "邀请码无效，未做更改。请核对或重新获取。")
InviteUsed = row("invite_used", 403, R, "The invitation was used before. Nothing changed. Ask for a new one.", "邀请码已使用，未做更改。请重新获取。")
InviteExpired = row("invite_expired", 403, R, "The invitation is more than 15 minutes old. Nothing changed. Ask for a new one.", "邀请码已超过 15 分钟，未做更改。请重新获取。")
InviteMismatch = row("invite_mismatch", 403, R, "The invitation is for a {role}. Nothing changed. Ask for the right one.", "该邀请码仅供{role}使用，未做更改。请获取正确的邀请码。")

# Events.
TooManyWebhooks = row("too_many_webhooks", 409, R, "A merchant has {limit} webhooks at most. Nothing changed. Remove one with `pos webhook remove ID`.", "每个商户最多 {limit} 个回调地址，未做更改。请先运行 pos webhook remove 编号 删除一个。", stored=True)
WebhookTargetRefused = row("webhook_target_refused", 422, R, "Nothing is sent to that address: {reason}. Nothing changed.", "不允许向该地址发送：{reason}。未做更改。")
WebhookNotDelivered = row("webhook_not_delivered", 0, R, "The receiver did not take it: {reason}. No money moved. See `pos webhook deliveries {id}`.", "接收方未接受：{reason}。未发生资金变动。可运行 pos webhook deliveries {id} 查看。")
WebhookPending = row("webhook_pending", 0, X, "The receiver has not answered yet. No money moved. See `pos webhook deliveries {id}`.", "接收方尚未应答，未发生资金变动。可运行 pos webhook deliveries {id} 查看。")
TooManyStreams = row("too_many_streams", 429, U, "Events are followed {limit} times already. Nothing changed. End one of the others.", "事件订阅数已达上限 {limit}，未做更改。请先结束其中一个。")

# The shop day.
ShiftOpen = row("shift_open", 409, R, "A shift is open at this till already. Nothing changed. Close it first with `pos shift close`.", "此收银台已有未结班次，未做更改。请先运行 pos shift close。", stored=True)
ShiftNone = row("shift_none", 0, R, "No shift is open at this till. Nothing changed. Open one with `pos shift open`.", "此收银台没有未结班次，未做更改。请先运行 pos shift open。")
PrinterUnavailable = row("printer_unavailable", 0, R, "The printer {path} cannot be written to: {reason}. Nothing changed. Check that it is on and connected.", "无法写入打印机 {path}：{reason}。未做更改。请检查打印机是否已开启并连接。")

# Scanning.
NoDisplay = row("no_display", 0, Exit.USAGE, "There is no display to read from. No money moved. Give the code as text, or a picture with --image.", "没有可读取的显示器，未扣款。请输入码的文字，或用 --image 提供图片。")
ToolMissing = row("tool_missing", 0, Exit.USAGE, "That needs one of these programs: {tools}. No money moved. Install the package {package}.", "此功能需要以下程序之一：{tools}，未扣款。请安装软件包 {package}。")
CaptureFailed = row("capture_failed", 0, B, "The {what} could not be read with {tool}. No money moved. Give the code as text, or a picture with --image.", "无法用 {tool} 读取 {what}，未扣款。请输入码的文字，或用 --image 提供图片。")
ClipboardEmpty = row("clipboard_empty", 0, B, "The clipboard holds neither text nor a picture. No money moved. Copy the code first.", "剪贴板中没有文字或图片，未扣款。请先复制码。")
ScanTimeout = row("scan_timeout", 0, B, "No code came within {seconds} s. No money moved. Scan it again.", "{seconds} 秒内未收到码，未扣款。请重新扫描。")
CameraMissing = row("camera_missing", 0, Exit.USAGE, "Reading a camera needs the extra `camera`. No money moved. Install it with `pip install 'terminal-wallet[camera]'`.", "读取摄像头需要附加组件 camera，未扣款。请运行 pip install 'terminal-wallet[camera]' 安装。")
CameraFailed = row("camera_failed", 0, B, "The camera {number} gives no picture. No money moved. Check that it is connected and free, or name another.", "摄像头 {number} 没有图像，未扣款。请检查其是否已连接且未被占用，或指定其他摄像头。")
