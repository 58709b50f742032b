// The PDF thread as it is inside a utility process of Electron, which pdf.js would take for a browser.
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1' } });
Object.defineProperty(process, 'type', { value: 'utility', configurable: true });
void import('../worker.ts');
