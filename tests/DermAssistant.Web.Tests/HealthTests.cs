using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace DermAssistant.Web.Tests;

public sealed class HealthTests(WebApplicationFactory<Program> host) : IClassFixture<WebApplicationFactory<Program>>
{
    [Fact]
    public async Task The_host_is_ready_once_a_model_pack_passed_its_golden_vectors()
    {
        using var client = host.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
        var ready = await client.GetAsync("/readyz");
        for (var i = 0; i < 300 && ready.StatusCode != HttpStatusCode.OK; i++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            await Task.Delay(200);
            ready = await client.GetAsync("/readyz");
        }

        Assert.Equal("""{"status":"ready","reason":null}""", await ready.Content.ReadAsStringAsync());
    }
}
