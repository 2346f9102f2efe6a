import json
import os
import unittest
import urllib.request

import shop


def advance_the_clock(length):
    """Moves the clock of the emulator; `hallpass exec` tells where it is and what it asks for."""
    request = urllib.request.Request(
        f"{os.environ['HALLPASS_EMULATOR_URL']}/_/emulator/clock",
        data=f"advance={length}".encode(),
        headers={"Authorization": f"Bearer {os.environ['HALLPASS_CONTROL_TOKEN']}"},
    )
    return json.load(urllib.request.urlopen(request))


class Shop(unittest.TestCase):
    def test_a_person_is_known_by_name(self):
        user = shop.new_test_user("email")
        self.assertEqual(shop.profile(user["access_token"])["id"], user["id"])

    def test_a_token_that_has_expired_logs_the_person_out(self):
        user = shop.new_test_user("email")
        advance_the_clock("61d")
        self.assertIsNone(shop.profile(user["access_token"]))


if __name__ == "__main__":
    unittest.main()
