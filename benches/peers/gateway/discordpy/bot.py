"""The bot of this comparison in discord.py, as its guide would write it."""

import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

Route.BASE = os.environ["DISCORD_API_URL"] + "/api/v10"

NOBODY = discord.AllowedMentions.none()


class Bot(discord.Client):
    """Answers the command `compare` and whoever mentions it."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        # Without shards, discord.py has the gateway's address built in and never asks for it.
        _, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    async def on_connect(self) -> None:
        # This is what READY causes; on_ready comes two seconds after the last guild.
        print("ready", flush=True)

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or self.user not in message.mentions:
            return
        topic = message.content.replace(self.user.mention, "").strip()
        await message.reply(embed=answer(topic), allowed_mentions=NOBODY)


bot = Bot()


@bot.tree.command()
@app_commands.describe(topic="What to compare them by")
async def compare(interaction: discord.Interaction, topic: str) -> None:
    """Compares Python and Node.js."""
    await interaction.response.send_message(embed=answer(topic), allowed_mentions=NOBODY)


def answer(topic: str) -> discord.Embed:
    """The same for every topic; all bots of this comparison say it."""
    embed = discord.Embed(
        title=f"Python or Node.js: {topic}",
        description=(
            "Both do the job well, and for most teams the skills at hand decide. Python leads where data, science and"
            " machine learning matter; Node.js leads where many connections stay open at once and the front end speaks"
            " JavaScript anyway. Measure your own case before you rewrite anything; it often surprises."
        ),
    )
    embed.add_field(name="Python", value="Reads like prose, and has a library for every science.")
    embed.add_field(name="Node.js", value="One language for both ends, and waits for many at once.")
    embed.set_footer(text="A fixed answer, to measure how fast it is given")
    return embed


bot.run(os.environ["DISCORD_TOKEN"])
