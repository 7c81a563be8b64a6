using DermAssistant.Channels.BotConnector;

namespace DermAssistant.Channels.Tests.BotConnector;

public sealed class BotConnectorOptionsTests
{
    private static readonly BotConnectorOptions Registered = new() { AppId = FakeCloud.AppId, ClientSecret = "s", TenantId = FakeCloud.Tenant };

    [Fact]
    public void Without_an_application_id_only_development_on_this_machine_starts()
    {
        var bare = new BotConnectorOptions();

        bare.Validate(development: true, loopbackOnly: true);
        foreach (var (development, local) in new[] { (false, true), (true, false), (false, false) })
        {
            var refused = Assert.Throws<ChannelSetupException>(() => bare.Validate(development, local));
            Assert.Contains("application id", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Bot:AppId", refused.Hint, StringComparison.Ordinal);
            Assert.Contains("Bot:Enabled", refused.Hint, StringComparison.Ordinal);
        }

        Assert.Throws<ChannelSetupException>(() => (bare with { AppId = " " }).Validate(development: false, loopbackOnly: false));
    }

    [Fact]
    public void With_an_application_id_it_starts_anywhere() => Registered.Validate(development: false, loopbackOnly: false);

    public static TheoryData<string, BotConnectorOptions> Wrong => new()
    {
        { "AppId", Registered with { AppId = "my bot" } },
        { "ClientSecret", Registered with { ClientSecret = "" } },
        { "TenantId", Registered with { TenantId = "a/b" } },
        { "ConnectorMetadata", Registered with { ConnectorMetadata = new Uri("http://keys.example/") } },
        { "EmulatorMetadata", Registered with { EmulatorMetadata = new Uri("http://127.0.0.1/") } },
        { "SignInAuthority", Registered with { SignInAuthority = new Uri("http://127.0.0.1/") } },
        { "ExtraConnectorHosts", Registered with { ExtraConnectorHosts = ["*.botframework.com"] } },
        { "ExtraConnectorHosts", Registered with { ExtraConnectorHosts = ["https://a.example"] } },
        { "ExtraFileHosts", Registered with { ExtraFileHosts = ["10.0.0.1"] } },
        { "MaxActivityBytes", Registered with { MaxActivityBytes = 0 } },
        { "MaxPhotoBytes", Registered with { MaxPhotoBytes = 0 } },
        { "PhotoTimeout", Registered with { PhotoTimeout = TimeSpan.Zero } },
        { "AllowLoopback", Registered with { AllowLoopback = true } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_that_cannot_be_used_is_named(string name, BotConnectorOptions options) =>
        Assert.Contains(name, Assert.Throws<ChannelSetupException>(() => options.Validate(development: false, loopbackOnly: false)).Message, StringComparison.Ordinal);
}
