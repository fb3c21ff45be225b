#!/usr/bin/env python3
"""check_bucket.py URL PREFIX: reads a bucket that anybody may read, without oddroad's code, and
fails unless every manifest below PREFIX/clips/ has all its files, byte by byte. Prints how many
manifests there are."""
import hashlib
import json
import sys
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml

SPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"
urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def keys(bucket, prefix):
    query = {"list-type": "2", "prefix": prefix}
    while True:
        page = xml.fromstring(get(bucket + "?" + urllib.parse.urlencode(query)))
        yield from (item.findtext(SPACE + "Key") for item in page.iter(SPACE + "Contents"))
        if page.findtext(SPACE + "IsTruncated") != "true":
            return
        query["continuation-token"] = page.findtext(SPACE + "NextContinuationToken")


def main(bucket, prefix):
    manifests = 0
    for key in keys(bucket, prefix + "/clips/"):
        assert key.endswith("/manifest.json"), key
        manifest = get(bucket + "/" + key)
        clip = key[len(prefix + "/clips/"):-len("/manifest.json")]
        folder = f"{prefix}/files/{clip}/{hashlib.sha256(manifest).hexdigest()[:16]}/"
        for name, entry in json.loads(manifest)["files"].items():
            data = get(bucket + "/" + urllib.parse.quote(folder + name))
            assert len(data) == entry["bytes"], folder + name
            assert hashlib.sha256(data).hexdigest() == entry["sha256"], folder + name
        manifests += 1
    print(manifests)


main(*sys.argv[1:])
