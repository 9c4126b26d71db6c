// Reads {url, method, headers, body, action, target, controller} a line: a request, and the server's root capability.
// Answers for each whether the libraries accept it: true, or why not.
import {loaderOf, rootOf} from './keys.mjs';
import * as Multikey from '@digitalbazaar/ed25519-multikey';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import readline from 'node:readline';
import {verifyCapabilityInvocation} from '@digitalbazaar/http-signature-zcap-verify';
import {verifyHeaderValue} from '@digitalbazaar/http-digest-header';


async function check({url, method, headers, body, action, target, controller}) {
  const root = rootOf(controller, target);
  const documentLoader = loaderOf(root);
  const getVerifier = async ({keyId}) => {
    const {document} = await documentLoader(keyId);
    return {verifier: (await Multikey.from(document)).verifier(), verificationMethod: document};
  };
  const result = await verifyCapabilityInvocation({
    url, method, headers, getVerifier, documentLoader, expectedHost: new URL(url).host, expectedAction: action,
    expectedRootCapability: root.id, expectedTarget: url, suite: new Ed25519Signature2020(), allowTargetAttenuation: true});
  if(!result.verified) {
    return String(result.error);
  }
  if(headers.digest) {
    const {verified} = await verifyHeaderValue({data: Buffer.from(body, 'base64'), headerValue: headers.digest});
    return verified || 'digest is not that of the body';
  }
  return true;
}

for await (const line of readline.createInterface({input: process.stdin})) {
  console.log(JSON.stringify(await check(JSON.parse(line))));
}
