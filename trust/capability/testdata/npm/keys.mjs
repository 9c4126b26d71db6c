// What making and checking have in common: the keys, and a loader of did:key documents.
import * as Multikey from '@digitalbazaar/ed25519-multikey';
import {createRootCapability, extendDocumentLoader} from '@digitalbazaar/zcap';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';

const multikey = 'https://w3id.org/security/multikey/v1';

// keyOf makes the key of a seed of 32 equal bytes, as a did:key.
export async function keyOf(byte) {
  const key = await Multikey.generate({seed: new Uint8Array(32).fill(byte)});
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  return key;
}

// loaderOf answers one root capability, did:key documents and their keys, and the contexts in use.
export const loaderOf = root => extendDocumentLoader(async url => {
  if(root && url === root.id) {
    return {documentUrl: url, document: root};
  }
  if(url === Ed25519Signature2020.CONTEXT_URL) {
    return {documentUrl: url, document: Ed25519Signature2020.CONTEXT};
  }
  if(!url.startsWith('did:key:')) {
    throw new Error(`unknown document ${url}`);
  }
  const [did, fragment] = url.split('#');
  const key = did.slice('did:key:'.length);
  const method = {'@context': multikey, id: `${did}#${key}`, type: 'Multikey', controller: did, publicKeyMultibase: key};
  if(fragment) {
    return {documentUrl: url, document: method};
  }
  const document = {'@context': ['https://www.w3.org/ns/did/v1', multikey], id: did, verificationMethod: [method]};
  for(const purpose of ['capabilityDelegation', 'capabilityInvocation']) {
    document[purpose] = [method.id];
  }
  return {documentUrl: url, document};
});

export const rootOf = (controller, invocationTarget) => createRootCapability({controller, invocationTarget});
