"""Validates documents by a JSON Schema: validate_schema.py SCHEMA DOCUMENTS, where DOCUMENTS is a
JSON list of {name, valid, document}. Prints each document that is not what it should be."""
import json
import sys

import jsonschema

with open(sys.argv[1]) as schema_file, open(sys.argv[2]) as documents_file:
    schema, documents = json.load(schema_file), json.load(documents_file)
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft7Validator.check_schema(schema)
wrong = 0
# Editors that know no later draft read it as draft 7; its keywords mean the same there.
for validator in (jsonschema.Draft202012Validator(schema), jsonschema.Draft7Validator(schema)):
    for one in documents:
        error = jsonschema.exceptions.best_match(validator.iter_errors(one["document"]))
        if (error is None) == one["valid"]:
            continue
        wrong += 1
        print(one["name"], error.json_path + ": " + error.message if error else "was not refused")
print(len(documents), "documents,", wrong, "wrong")
sys.exit(wrong != 0)
