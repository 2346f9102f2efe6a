"""Reads a Page for a shop's web site. It knows the Graph by the address of Meta, and nothing of Hallpass."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

GRAPH = "https://graph.facebook.com/v25.0"


def call(path, method="GET", **params):
    query = urllib.parse.urlencode(params)
    if method == "GET":
        request = urllib.request.Request(f"{GRAPH}/{path}?{query}")
    else:
        request = urllib.request.Request(f"{GRAPH}/{path}", data=query.encode(), method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return json.load(error)


def app_token():
    return f"{os.environ['APP_ID']}|{os.environ['APP_SECRET']}"


def new_test_user(permissions):
    app = os.environ["APP_ID"]
    return call(
        f"{app}/accounts/test-users",
        method="POST",
        access_token=app_token(),
        installed="true",
        permissions=permissions,
    )


def profile(token):
    answer = call("me", fields="id,name", access_token=token)
    if "error" in answer and answer["error"]["code"] == 190:
        return None
    return answer
