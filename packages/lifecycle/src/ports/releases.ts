/** A file of a release. */
export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** False for what an upload that broke off left behind. */
  readonly isWhole: boolean;
  /** Lower-case hex, as the forge measured it; null where it does not tell. */
  readonly sha256: string | null;
}

export interface Release {
  readonly id: number;
  readonly name: string;
  readonly tag: string;
  readonly isDraft: boolean;
  /** Where files are sent. */
  readonly uploadAddress: string;
  readonly assets: readonly ReleaseAsset[];
}

/** Releases of a forge, as a place for bytes. A lost answer of a write is looked up before anything is tried again. */
export interface Releases {
  /** The newest of that name; null where there is none, or where a draft is hidden from who asks. */
  findByName(name: string): Promise<Release | null>;
  /** A published release; null where there is none. */
  findByTag(tag: string): Promise<Release | null>;
  /** Among the newest hundred releases, as far as they are shown to who asks. */
  listDrafts(): Promise<readonly Release[]>;
  createDraft(draft: { readonly name: string; readonly tag: string; readonly body: string }): Promise<Release>;
  /** Streams a local file. A name that is taken already gives the asset that is there. */
  upload(
    release: Release,
    file: { readonly name: string; readonly path: string; readonly size: number },
  ): Promise<ReleaseAsset>;
  removeAsset(id: number): Promise<void>;
  download(asset: ReleaseAsset): Promise<AsyncIterable<Uint8Array>>;
  /** Publishes a draft under a tag that exists; false, and nothing is changed, where the tag does not. It never becomes the "latest" release. Where another one has that tag already, the draft is deleted: two registered the same at once. */
  publish(release: Release, as: { readonly tag: string; readonly name: string }): Promise<boolean>;
}
