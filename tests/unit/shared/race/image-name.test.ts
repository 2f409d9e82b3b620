import { expect, test } from "vitest";
import { imageName, shortImage } from "../../../../shared/race/image-name.ts";

test.each([
  ["nginx", "nginx:latest"],
  ["docker.io/library/nginx:1.27", "nginx:1.27"],
  ["docker.io/grafana/loki", "grafana/loki:latest"],
  ["localhost:5000/nginx", "localhost:5000/nginx:latest"],
  ["nginx@sha256:ab", "nginx@sha256:ab"],
])("%s is %s", (name, form) => expect(imageName(name)).toBe(form));

test.each([
  ["docker.io/library/nginx:1.27-alpine@sha256:00", "nginx"],
  ["localhost:5000/shop/api:2", "api"],
  ["busybox", "busybox"],
  ["sha256:0123", "sha256"],
])("%s is called %s", (image, name) => expect(shortImage(image)).toBe(name));
