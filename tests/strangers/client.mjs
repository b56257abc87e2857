// A wallet and a till written from docs/write-a-client.md alone: Node's own modules, none of ours.
// Usage: node client.mjs URL [VECTORS]   It prints one JSON object of what became of each payment.

import { createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import { generateKeyPairSync, hkdfSync, randomBytes, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const PKCS8 = { ed25519: "302e020100300506032b657004220420", x25519: "302e020100300506032b656e04220420" };

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

/** Makes a UUIDv7 (RFC 9562 section 5.7). */
function newId() {
  const bytes = Buffer.concat([Buffer.alloc(6), randomBytes(10)]);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Reads a raw private key of 32 bytes. */
function privateKey(kind, raw) {
  const der = Buffer.concat([Buffer.from(PKCS8[kind], "hex"), raw]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** Reads a raw public key from its 43 characters. */
const publicKey = (curve, x) => createPublicKey({ key: { kty: "OKP", crv: curve, x }, format: "jwk" });

const publicText = (key) => createPublicKey(key).export({ format: "jwk" }).x;

/** Gives the signature base and the header fields of a request (section 2). */
function signed(key, { device, method, authority, path, query, body, idempotencyKey, created, nonce }) {
  const lines = { "@method": method, "@authority": authority, "@path": path, "@query": `?${query}` };
  const headers = {};
  if (method === "POST") {
    const digest = createHash("sha256").update(body).digest("base64");
    headers["Content-Digest"] = lines["content-digest"] = `sha-256=:${digest}:`;
    headers["Idempotency-Key"] = lines["idempotency-key"] = idempotencyKey;
    headers["Content-Type"] = "application/json";
  }
  const names = Object.keys(lines).map((name) => `"${name}"`).join(" ");
  const input =
    `(${names});created=${created};keyid="${device}";alg="ed25519";nonce="${nonce}";tag="terminal-wallet"`;
  const listed = Object.entries(lines).map(([name, value]) => `"${name}": ${value}`);
  const base = [...listed, `"@signature-params": ${input}`].join("\n");
  headers["Signature-Input"] = `sig=${input}`;
  headers.Signature = `sig=:${sign(null, Buffer.from(base), key).toString("base64")}:`;
  return { base, headers };
}

class Refused extends Error {
  constructor(problem) {
    super(problem.code);
    Object.assign(this, problem);
  }
}

/** A device at the service. */
class Device {
  constructor(url) {
    this.url = url;
    this.id = newId();
    this.signing = generateKeyPairSync("ed25519").privateKey;
    this.clock = 0;
  }

  async get(target) {
    return this.call("GET", target);
  }

  async post(path, content, key = newId()) {
    return this.call("POST", path, JSON.stringify(content), key);
  }

  /** Sends a request, and again, signed anew, as section 9 says. */
  async call(method, target, body = undefined, idempotencyKey = undefined) {
    const [path, query = ""] = target.split("?");
    for (let wait = 100; ; wait *= 2) {
      const created = Math.floor(Date.now() / 1000) + this.clock;
      const authority = new URL(this.url).host;
      const nonce = base64url(randomBytes(16));
      const request = { device: this.id, method, authority, path, query, body, idempotencyKey, created, nonce };
      const { headers } = signed(this.signing, request);
      const response = await fetch(this.url + target, { method, headers, body });
      const answer = await response.json();
      this.business = Date.parse(response.headers.get("wallet-time")) - Date.now();
      if (response.ok) return answer;
      const busy = [408, 429, 503].includes(response.status) && wait < 5000;
      if (answer.code === "clock_skew" && wait < 300) {
        this.clock = answer.details.time - Math.floor(Date.now() / 1000);
      } else if (!busy) {
        throw new Refused(answer);
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** Has the service prove its remembered key (section 4). */
  async challenge() {
    const nonce = base64url(randomBytes(16));
    const asked = { method: "POST", headers: { "Content-Type": "application/json" } };
    const response = await fetch(`${this.url}/v1/challenge`, { ...asked, body: JSON.stringify({ nonce }) });
    const statement = `terminal-wallet service\n${nonce}\n${new URL(this.url).host}`;
    const proof = Buffer.from((await response.json()).signature, "base64url");
    const key = publicKey("Ed25519", this.service.signing_key);
    if (!verify(null, Buffer.from(statement), key, proof)) throw new Error("another service");
  }
}

class Wallet extends Device {
  counter = 0;

  static async open(url, name, pin) {
    const wallet = new Wallet(url);
    wallet.service = await (await fetch(`${url}/v1/service`)).json();
    await wallet.challenge();
    wallet.code = generateKeyPairSync("x25519").privateKey;
    const keys = { signing_key: publicText(wallet.signing), code_key: publicText(wallet.code) };
    wallet.card = await wallet.post("/v1/customers", { name, pin, currency: "CNY", device: { id: wallet.id, ...keys } });
    return wallet;
  }

  /** Pays what a scanned code stands for, on exactly its terms (section 6). */
  async pay(payload) {
    const { charge, payee, amount, expires_at } = await this.get(`/v1/codes/${tokenOf(payload)}`);
    return this.post("/v1/payments", { charge, payee, amount, expires_at });
  }

  /** Confirms a payment that waits for the PIN (section 7). */
  async confirm(payment, pin) {
    await this.challenge();
    const signature = sign(null, Buffer.from(approvalOf(payment, this.service.signing_key)), this.signing);
    return this.post(`/v1/payments/${payment.id}/confirm`, { pin, approval: base64url(signature) });
  }

  /** Shows the next payer code (section 8). */
  payerCode() {
    const key = codeKey(this.code, this.service.code_key, this.id);
    return codeOf(key, this.counter++, Date.now() + this.business);
  }
}

class Till extends Device {
  static async open(url, name) {
    const till = new Till(url);
    const place = { city: "杭州", category: "5812", currency: "CNY", store: "West Lake" };
    const keys = { id: till.id, signing_key: publicText(till.signing) };
    till.card = await till.post("/v1/merchants", { name, ...place, till: keys });
    return till;
  }

  charge(minor, rest = {}) {
    return this.post("/v1/charges", { amount: { minor, currency: "CNY" }, ...rest });
  }
}

/** Splits a chain of fields: two digits of tag, two of length, the value. */
function fieldsOf(text) {
  const fields = {};
  for (let at = 0; at < text.length; ) {
    const end = at + 4 + Number(text.slice(at + 2, at + 4));
    fields[text.slice(at, at + 2)] = text.slice(at + 4, end);
    at = end;
  }
  return fields;
}

/** Gives the token in a scanned payload (section 5). */
function tokenOf(payload) {
  const template = fieldsOf(fieldsOf(payload)["26"]);
  if (template["00"] !== "TERMWALLET") throw new Error("a code of another scheme");
  return template["01"];
}

function approvalOf({ id, payee_id, amount, expires_at }, serviceKey) {
  const lines = ["approval", id, payee_id, `${amount.minor} ${amount.currency}`, expires_at, serviceKey];
  return `terminal-wallet ${lines.join("\n")}`;
}

function codeKey(key, serviceKey, device) {
  const secret = diffieHellman({ privateKey: key, publicKey: publicKey("X25519", serviceKey) });
  return Buffer.from(hkdfSync("sha256", secret, device, "terminal-wallet payer code v1", 32));
}

function codeOf(key, counter, milliseconds) {
  const number = (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    return bytes;
  };
  const digits = (message, count) => {
    const mac = createHmac("sha256", key).update(message).digest("hex");
    return String(BigInt(`0x${mac}`) % 10n ** BigInt(count)).padStart(count, "0");
  };
  const step = number(Math.floor(milliseconds / 30000));
  const presentation = number(counter);
  const locator = digits(Buffer.concat([Buffer.from("L"), presentation]), 9);
  return `78${locator}${digits(Buffer.concat([Buffer.from("A"), presentation, step]), 7)}`;
}

/** Reproduces the vectors; gives how many there were of each kind. */
function reproduce(folder) {
  const read = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
  const raw = (text) => Buffer.from(text, "base64url");
  const must = (fits, name) => {
    if (!fits) throw new Error(`not reproduced: ${name}`);
  };
  const requests = read("signatures");
  for (const vector of requests) {
    const made = signed(privateKey("ed25519", raw(vector.private_key)), {
      ...vector,
      idempotencyKey: vector.idempotency_key,
    });
    must(made.base === vector.base, vector.name);
    must(made.headers.Signature === vector.signature, vector.name);
    must(made.headers["Signature-Input"] === vector.signature_input, vector.name);
  }
  const approvals = read("approvals");
  const [payment, service] = approvals;
  const approval = approvalOf({ ...payment, id: payment.payment, payee_id: payment.payee }, payment.service_key);
  const proof = `terminal-wallet service\n${service.nonce}\n${service.authority.toLowerCase()}`;
  for (const [vector, text] of [[payment, approval], [service, proof]]) {
    must(text === vector.text, vector.name);
    const key = privateKey("ed25519", raw(vector.private_key));
    must(base64url(sign(null, Buffer.from(text), key)) === vector.signature, vector.name);
  }
  const codes = read("payer-codes");
  for (const { private_key, service_code_key, device, counter, business_time, code } of codes) {
    const key = codeKey(privateKey("x25519", raw(private_key)), service_code_key, device);
    must(codeOf(key, counter, Date.parse(business_time)) === code, code);
  }
  return [requests.length, approvals.length, codes.length];
}

/** Takes money in each way there is, and gives what both sides then see. */
async function trade(url) {
  const pin = "271828";
  const wallet = await Wallet.open(url, "Älice 王", pin);
  const till = await Till.open(url, "聚福茶馆");
  await wallet.post("/v1/top-ups", { amount: { minor: 400000, currency: "CNY" } });

  const small = await till.charge(1250, { note: "two teas" });
  const paid = await wallet.pay(small.payload);
  const seen = await till.get(`/v1/charges/${small.id}?wait=5`);

  const large = await till.charge(128800);
  const waiting = await wallet.pay(large.payload);
  const confirmed = await wallet.confirm(waiting, pin);

  const scanned = await till.charge(500, { code: wallet.payerCode() });
  const asked = await till.charge(120000, { code: wallet.payerCode() });
  const { items } = await wallet.get("/v1/pending?limit=5");
  await wallet.confirm(items[0], pin);
  const answered = await till.get(`/v1/charges/${asked.id}`);

  const key = newId();
  const first = await wallet.post("/v1/top-ups", { amount: { minor: 100, currency: "CNY" } }, key);
  const again = await wallet.post("/v1/top-ups", { amount: { minor: 100, currency: "CNY" } }, key);
  const never = await till.post(`/v1/charges/${newId()}/reverse`, {});
  const refused = await wallet.pay(small.payload).catch((error) => error);

  return {
    shown: [paid.state, seen.state],
    pin: [waiting.state, confirmed.state],
    scanned: scanned.state,
    asked: [asked.state, answered.state],
    replayed: first.id === again.id,
    never: [never.state, never.action],
    refused: [refused.code, refused.money_moved],
    balances: [(await wallet.get("/v1/wallet")).balance.minor, (await till.get("/v1/merchant")).balance.minor],
  };
}

const [url, vectors] = process.argv.slice(2);
const reproduced = vectors ? reproduce(vectors) : null;
console.log(JSON.stringify({ reproduced, ...(await trade(url)) }));
