/** The host's Supabase project, as far as it says who people are. */
export interface SupabaseProject {
  /** `https://project.supabase.co/auth/v1`. */
  readonly authUrl: string;
  /** What its tokens must name as theirs. */
  readonly issuer: string;
  readonly audience: string;
  /** Where the public keys are that it signs with. */
  readonly jwksUrl: string;
  /** The shared secret that it signs with; null: it does not. */
  readonly jwtSecret: string | null;
  /** What the project lets anybody in with; null: it asks for none. */
  readonly anonKey: string | null;
  /** What may read every account; null: each account is asked for with its own token. */
  readonly serviceRoleKey: string | null;
}
