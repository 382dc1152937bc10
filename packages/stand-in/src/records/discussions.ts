export interface Comment {
  readonly id: number;
  readonly repository: number;
  readonly number: number;
  readonly author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** The app through which it was written. */
  readonly appId: number | null;
}

export interface Reaction {
  readonly id: number;
  readonly repository: number;
  /** What it is below: an issue's or a comment's id. */
  readonly subject: { readonly kind: 'issue' | 'comment'; readonly id: number };
  readonly author: string;
  readonly content: '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
  readonly createdAt: string;
}

export interface Label {
  readonly id: number;
  readonly repository: number;
  name: string;
  color: string;
  description: string | null;
}
