using System.Net;

namespace DermAssistant.Web.Tests;

public sealed class HealthTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task The_host_is_ready_once_a_model_pack_passed_its_golden_vectors()
    {
        using var client = host.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);

        using var ready = await host.ReadyAsync();

        Assert.Equal("""{"status":"ready","reason":null}""", await ready.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task Answers_carry_headers_that_keep_browsers_in_check()
    {
        using var client = host.CreateClient();

        foreach (var path in new[] { "/", "/healthz", "/nothing-here", "/api/page/about" })
        {
            using var response = await client.GetAsync(path);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("Server", response.Headers.Select(header => header.Key));
        }
    }

    [Fact]
    public async Task Unknown_addresses_are_problems_with_a_remedy()
    {
        using var client = host.CreateClient();

        using var response = await client.GetAsync("/api/v1/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("remedy", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_name_that_is_not_ours_is_refused()
    {
        using var client = host.CreateClient();
        var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request)).StatusCode);
    }
}
