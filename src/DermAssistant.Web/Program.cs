using DermAssistant.Channels;
using DermAssistant.Channels.DirectLine;
using DermAssistant.Channels.Page;
using DermAssistant.Web;

try
{
    var builder = WebApplication.CreateBuilder(Server.Places(args));
    var options = builder.AddServerOptions();
    builder.AddServerDefaults(options);
    builder.AddRooms();
    builder.Services.AddChannels(options.Channels);
    builder.AddBot();

    var app = builder.Build();
    app.UseServerDefaults(options);
    app.MapHealth();
    app.MapPage();
    app.MapPageApi(Server.SessionLimit);
    app.MapDirectLine();
    app.MapBot();
    app.MapApi(options);

    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (StartFailure.Of(failure) is { } words)
{
    await Console.Error.WriteLineAsync(words);
    return 2;
}
