export interface Release {
  readonly id: number;
  readonly repository: number;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  isDraft: boolean;
  isPrerelease: boolean;
  isLatest: boolean;
  /** Published while the repository had immutable releases: its tag, its files and its name stay. */
  isImmutable: boolean;
  readonly author: string;
  readonly createdAt: string;
  publishedAt: string | null;
}

export interface Asset {
  readonly id: number;
  readonly release: number;
  readonly repository: number;
  name: string;
  label: string | null;
  readonly contentType: string;
  readonly size: number;
  /** `sha256:<hex>`. */
  readonly digest: string;
  state: 'uploaded' | 'open';
  readonly uploader: string;
  readonly createdAt: string;
  /** Where the bytes are, below the stand-in's folder. */
  readonly file: string;
}
