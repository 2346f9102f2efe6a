// These tables are about Pages: what they are, who may do what on them, and what was published there.
import type { Generated } from 'kysely';
import type { AppId, BusinessId, PageId, PersonId } from '../ids.ts';

export interface PagesTable {
  id: PageId;
  name: string;
  category: string;
  /** JSON list of { id, name }. */
  categories: string;
  /** JSON: about, link, username, website, phone, fan_count … */
  profile: string;
  published: number;
  /** App in whose test world it was made; null for real ones. */
  test_of: Generated<AppId | null>;
  created_at: number;
}

interface PageRolesTable {
  page_id: PageId;
  person_id: PersonId;
  /** JSON list of tasks. */
  tasks: string;
  /** The business that assigned them; null for a role of the person's own. */
  business_id: Generated<BusinessId | null>;
  created_at: number;
}

export interface PageRequestsTable {
  id: string;
  business_id: BusinessId;
  page_id: PageId;
  owner_id: string;
  /** JSON list. */
  tasks: string;
  state: 'pending' | 'accepted' | 'declined' | 'cancelled';
  created_by: PersonId | null;
  /** The app by whose token it was made; null in the dashboard. */
  made_through: AppId | null;
  created_at: number;
}

export interface PostsTable {
  /** `{page-id}_{number}` */
  id: string;
  page_id: PageId;
  message: string | null;
  link: string | null;
  published: number;
  publish_at: number | null;
  author_id: PersonId | null;
  app_id: AppId | null;
  hidden: Generated<number>;
  created_at: number;
  /** Null where it was never changed. */
  updated_at: number | null;
}

export interface CommentsTable {
  /** `{number of the post}_{number}` */
  id: string;
  post_id: string;
  page_id: PageId;
  message: string;
  hidden: number;
  app_id: AppId | null;
  created_at: number;
}

export interface PhotosTable {
  id: string;
  page_id: PageId;
  /** The address of the picture; it is never fetched. */
  url: string;
  caption: string | null;
  /** The post that shows it; null where it was not published. */
  post_id: string | null;
  app_id: AppId | null;
  created_at: number;
}

export interface PageMetricsTable {
  page_id: PageId;
  metric: string;
  period: string;
  end_time: number;
  value: number;
}

export interface PageTables {
  pages: PagesTable;
  page_roles: PageRolesTable;
  page_requests: PageRequestsTable;
  posts: PostsTable;
  comments: CommentsTable;
  photos: PhotosTable;
  page_metrics: PageMetricsTable;
}
