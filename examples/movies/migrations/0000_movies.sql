CREATE TYPE "public"."genre" AS ENUM('action', 'adventure', 'animation', 'comedy', 'documentary', 'drama', 'fantasy', 'horror', 'mystery', 'romance', 'science fiction', 'thriller');--> statement-breakpoint
CREATE TABLE "director" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" varchar(200) NOT NULL,
	"born" date,
	"biography" text,
	"photo" varchar(255)
);
--> statement-breakpoint
CREATE TABLE "movie" (
	"id" serial PRIMARY KEY NOT NULL,
	"title" varchar(200) NOT NULL,
	"tagline" varchar(300),
	"synopsis" text,
	"release_date" date,
	"genre" "genre",
	"rating" numeric(3, 1),
	"runtime_minutes" integer,
	"box_office" bigint,
	"is_released" boolean DEFAULT false NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"director" integer,
	"studio" uuid,
	"poster" varchar(255),
	"screenshots" varchar(255)[] DEFAULT '{}' NOT NULL,
	"trailer" text,
	"soundtrack" text,
	"press_kit" text,
	"box_office_data" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "studio" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" varchar(200) NOT NULL,
	"country" varchar(100),
	"founded" integer,
	"website" text,
	CONSTRAINT "studio_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "movie" ADD CONSTRAINT "movie_director_director_id_fk" FOREIGN KEY ("director") REFERENCES "public"."director"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "movie" ADD CONSTRAINT "movie_studio_studio_id_fk" FOREIGN KEY ("studio") REFERENCES "public"."studio"("id") ON DELETE no action ON UPDATE no action;