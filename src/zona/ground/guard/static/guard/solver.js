// Looks for the number of an ALTCHA challenge (version 2, SHA-256), away from the page.
const toBytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

self.onmessage = async ({ data: { parameters, most } }) => {
  const salt = toBytes(parameters.salt);
  const nonce = toBytes(parameters.nonce);
  const prefix = toBytes(parameters.keyPrefix);
  const input = new Uint8Array(salt.length + nonce.length + 4);
  input.set(salt);
  input.set(nonce, salt.length);
  const place = new DataView(input.buffer, salt.length + nonce.length);
  for (let counter = 0; counter <= most; counter += 1) {
    place.setUint32(0, counter);
    const key = new Uint8Array(await crypto.subtle.digest("SHA-256", input));
    if (prefix.every((byte, index) => key[index] === byte)) {
      self.postMessage({ counter, derivedKey: toHex(key.subarray(0, parameters.keyLength)) });
      return;
    }
  }
  self.postMessage(null);
};
