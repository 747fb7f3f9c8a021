// Answers that wait on a device to be sent, and those the server refused, in
// IndexedDB: they outlive a restart of the device. A sent answer is deleted.

// openQueue opens the queue of one service; name tells it from others'.
export function openQueue(name) {
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(`gurindam-kios ${name}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('answer', { keyPath: 'ref' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // store runs one request in a transaction and resolves once it is on disk.
  async function store(mode, run) {
    const tx = (await opened).transaction('answer', mode, { durability: 'strict' });
    const request = run(tx.objectStore('answer'));
    return new Promise((resolve, reject) => {
      tx.oncomplete = () => resolve(request?.result);
      tx.onerror = tx.onabort = () => reject(tx.error);
    });
  }

  const all = () => store('readonly', (s) => s.getAll());
  return {
    add: (entry) => store('readwrite', (s) => s.put(entry)),
    waiting: async () => (await all()).filter((entry) => !entry.why),
    refused: async () => (await all()).filter((entry) => entry.why),
    done: (ref) => store('readwrite', (s) => s.delete(ref)),
    refuse: async (ref, why) => {
      const entry = (await all()).find((each) => each.ref === ref);
      if (entry) await store('readwrite', (s) => s.put({ ...entry, why: why || '–' }));
    },
    forget: async () => {
      for (const entry of await all()) if (entry.why) await store('readwrite', (s) => s.delete(entry.ref));
    },
  };
}
