// The bot of this comparison in discord.js, as its guide would write it.

const { Client, EmbedBuilder, Events, GatewayDispatchEvents, GatewayIntentBits, Partials } = require('discord.js');

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  // Without it, discord.js drops direct messages of whoever has not written before.
  partials: [Partials.Channel],
  rest: { api: `${process.env.DISCORD_API_URL}/api` },
});

const nobody = { parse: [] };

// Events.ClientReady comes after the last guild; until then, discord.js holds back all that happens.
client.ws.once(GatewayDispatchEvents.Ready, () => console.log('ready'));

client.on(Events.InteractionCreate, async interaction => {
  if (!interaction.isChatInputCommand() || interaction.commandName !== 'compare') return;
  const topic = interaction.options.getString('topic', true);
  await interaction.reply({ embeds: [answer(topic)], allowedMentions: nobody });
});

client.on(Events.MessageCreate, async message => {
  if (message.author.bot || !message.mentions.users.has(client.user.id)) return;
  const topic = message.content.replace(`${client.user}`, '').trim();
  await message.reply({ embeds: [answer(topic)], allowedMentions: nobody });
});

// The same for every topic; all bots of this comparison say it.
function answer(topic) {
  return new EmbedBuilder()
    .setTitle(`Python or Node.js: ${topic}`)
    .setDescription(
      'Both do the job well, and for most teams the skills at hand decide. Python leads where data, science and' +
        ' machine learning matter; Node.js leads where many connections stay open at once and the front end speaks' +
        ' JavaScript anyway. Measure your own case before you rewrite anything; it often surprises.',
    )
    .addFields(
      { name: 'Python', value: 'Reads like prose, and has a library for every science.', inline: true },
      { name: 'Node.js', value: 'One language for both ends, and waits for many at once.', inline: true },
    )
    .setFooter({ text: 'A fixed answer, to measure how fast it is given' });
}

client.login(process.env.DISCORD_TOKEN);
