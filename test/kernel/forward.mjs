// In the guest: what is asked of its loopback at these ports is the host's. Plain JavaScript, as it
// is started there by itself.
import { connect, createServer } from 'node:net';

const HOST = '10.0.2.2'; // slirp's name for the host's loopback

for (const port of process.argv.slice(2)) {
  createServer((near) => {
    const far = connect(Number(port), HOST);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  }).listen(Number(port), '127.0.0.1');
}
