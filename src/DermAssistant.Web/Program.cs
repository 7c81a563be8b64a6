using DermAssistant.Channels;
using DermAssistant.Web;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddRooms();
    builder.Services.AddChannels();
    builder.AddBot();

    var app = builder.Build();
    app.UseStaticFiles();
    app.MapHealth();
    app.MapBot();

    await app.RunAsync();
    return 0;
}
catch (ChannelSetupException setup)
{
    await Console.Error.WriteLineAsync($"{setup.Message} {setup.Hint}");
    return 2;
}
