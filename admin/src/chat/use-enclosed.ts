import { useRef, useState } from 'react';
import { messageOf } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import { type EnclosedFile, type EnclosedProduct, MAX_FILES } from './enclosed.ts';

export interface Enclosed {
  files: readonly EnclosedFile[];
  product: EnclosedProduct | null;
  /** More than a message may hold is left out, and `isFull` says so. */
  addFiles: (files: readonly File[]) => void;
  removeFile: (key: string) => void;
  uploadAgain: (key: string) => void;
  setProduct: (product: EnclosedProduct | null) => void;
  /** Takes out what was sent; what was added meanwhile stays. */
  forget: (sent: { files: readonly EnclosedFile[]; product: EnclosedProduct | null }) => void;
  isFull: boolean;
  /** Nothing is on its way, and nothing was refused. */
  isReady: boolean;
}

/** Files and a product that go with the message. Files are uploaded as soon as they are chosen. */
export function useEnclosed(): Enclosed {
  const operator = useOperator();
  const [files, setFiles] = useState<readonly EnclosedFile[]>([]);
  const [product, setProduct] = useState<EnclosedProduct | null>(null);
  const [isFull, setIsFull] = useState(false);
  const count = useRef(0);

  const change = (key: string, changes: Partial<EnclosedFile>) =>
    setFiles((now) => now.map((one) => (one.key === key ? { ...one, ...changes } : one)));

  async function upload({ key, file }: EnclosedFile) {
    try {
      change(key, { upload: await operator.uploadFile(file), fault: null });
    } catch (error) {
      change(key, { fault: messageOf(error) });
    }
  }

  function addFiles(chosen: readonly File[]) {
    const room = Math.max(0, MAX_FILES - files.length);
    const added = chosen.slice(0, room).map((file): EnclosedFile => {
      count.current += 1;
      return { key: `file-${count.current}`, name: file.name, file, upload: null, fault: null };
    });
    setIsFull(chosen.length > room);
    setFiles((now) => [...now, ...added]);
    for (const one of added) void upload(one);
  }

  function uploadAgain(key: string) {
    const one = files.find((file) => file.key === key);
    if (!one) return;
    change(key, { fault: null });
    void upload(one);
  }

  return {
    files,
    product,
    addFiles,
    removeFile: (key) => {
      setIsFull(false);
      setFiles((now) => now.filter((one) => one.key !== key));
    },
    uploadAgain,
    setProduct,
    forget: (sent) => {
      setIsFull(false);
      setFiles((now) => now.filter((one) => sent.files.every(({ key }) => key !== one.key)));
      setProduct((now) => (now?.id === sent.product?.id ? null : now));
    },
    isFull,
    isReady: files.every(({ upload: kept }) => kept !== null),
  };
}
