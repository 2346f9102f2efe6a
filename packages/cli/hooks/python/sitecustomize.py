# Is loaded first into every Python program below `hallpass exec --env-only` (by PYTHONPATH): aiohttp reads the proxy
# variables only when it is told to, and is told so here. A sitecustomize that was there before is run as well.
import importlib.machinery
import importlib.util
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))


class _AiohttpFinder:
    """Finds aiohttp.client like everybody else, and changes one default once it is loaded."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name != "aiohttp.client":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            session = module.ClientSession
            original = session.__init__

            def __init__(self, *args, **kwargs):
                kwargs.setdefault("trust_env", True)
                original(self, *args, **kwargs)

            session.__init__ = __init__

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _AiohttpFinder)

_others = [entry for entry in sys.path if os.path.abspath(entry or ".") != _here]
_before = importlib.machinery.PathFinder.find_spec("sitecustomize", _others)
if _before is not None and _before.loader is not None:
    _before.loader.exec_module(importlib.util.module_from_spec(_before))
