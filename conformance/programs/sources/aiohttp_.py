import asyncio, sys, aiohttp

async def main():
    async with aiohttp.ClientSession() as session:
        async with session.get(sys.argv[1]) as response:
            print(await response.text())

asyncio.run(main())
