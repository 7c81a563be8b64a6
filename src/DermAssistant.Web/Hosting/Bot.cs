using System.Net;
using DermAssistant.Channels;
using DermAssistant.Channels.BotConnector;

namespace DermAssistant.Web;

/// <summary>The bot endpoint for Teams, set up by the section <c>Bot</c> of the configuration.</summary>
internal static class Bot
{
    /// <summary>Adds the endpoint, unless <c>Bot:Enabled</c> is false.</summary>
    /// <exception cref="ChannelSetupException">The endpoint could be called by anybody, or a value cannot be used; the host must not start.</exception>
    public static WebApplicationBuilder AddBot(this WebApplicationBuilder builder)
    {
        if (!IsEnabled(builder.Configuration)) return builder;
        var development = builder.Environment.IsDevelopment();
        var configured = builder.Configuration.GetSection("Bot").Get<BotConnectorOptions>() ?? new BotConnectorOptions();
        configured.Validate(development, ListensHereOnly(builder.Configuration));
        builder.Services.AddBotConnector(configured with { AllowLoopback = development });
        return builder;
    }

    /// <summary>Maps the endpoint where it was added.</summary>
    public static WebApplication MapBot(this WebApplication app)
    {
        if (IsEnabled(app.Configuration)) app.MapBotConnector();
        return app;
    }

    private static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Bot:Enabled", true);

    // Ports without an address listen on all of them; without anything configured the default is localhost.
    private static bool ListensHereOnly(ConfigurationManager configuration)
    {
        var addresses = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""));
        var ports = new[] { "http_ports", "https_ports" }.Any(name => !string.IsNullOrWhiteSpace(configuration[name]));
        return addresses.All(IsHere) && (!ports || !string.IsNullOrWhiteSpace(configuration["urls"]));
    }

    // As Kestrel reads it: "*" and "+" are hosts there, which no Uri takes.
    private static bool IsHere(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host;
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
