/** The name of a command in the record: the first 16 hexadecimal digits of the SHA-256 of its text, variables unfilled. */
export async function hashOf(command: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(command)));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
