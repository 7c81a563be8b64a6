using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Web.Tests;

public sealed class ApiTests(WebHost host) : IClassFixture<WebHost>, IAsyncLifetime
{
    private HttpClient _api = null!;

    public async Task InitializeAsync() => _api = await host.ApiAsync();

    public Task DisposeAsync()
    {
        _api.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_photo_is_read_as_on_the_command_line()
    {
        var reading = await PostAsync("/api/v1/analyze", TestPhotos.Form(null, ("lesion.jpg", TestPhotos.Lesion())));

        foreach (var field in new[] { "photo", "model", "differential", "verdict", "malignancy", "concepts", "measurements", "triage", "evidence" }) Assert.NotNull(reading[field]);
        Assert.Equal("lesion.jpg", (string?)reading["photo"]!["file"]);
        Assert.True((bool)reading["photo"]!["accepted"]!);
    }

    [Fact]
    public async Task Of_several_photos_the_refused_one_does_not_stop_the_others()
    {
        var readings = (await PostAsync("/api/v1/analyze", TestPhotos.Form(null, ("report.pdf", TestPhotos.Pdf()), ("lesion.jpg", TestPhotos.Lesion())))).AsArray();

        Assert.Equal([false, true], readings.Select(reading => (bool)reading!["photo"]!["accepted"]!));
        Assert.NotEmpty(readings[0]!["photo"]!["reasons"]!.AsArray());
    }

    [Theory]
    [InlineData("report.pdf", "PDF")]
    [InlineData("large.jpg", "20 MB")]
    public async Task A_photo_that_is_refused_is_a_problem_that_names_it(string name, string why)
    {
        using var response = await _api.PostAsync("/api/v1/analyze", TestPhotos.Form(null, (name, name == "report.pdf" ? TestPhotos.Pdf() : new byte[30_000_000])));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Contains(name, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Contains(why, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)problem["remedy"]!);
    }

    [Fact]
    public async Task A_question_is_answered_and_can_be_followed_up()
    {
        var first = await PostAsync("/api/v1/ask", TestPhotos.Form("What could this be?", ("lesion.jpg", TestPhotos.Lesion())));
        var form = TestPhotos.Form("How sure are you?");
        form.Add(new StringContent((string)first["conversation"]!), "conversation");
        var second = await PostAsync("/api/v1/ask", form);
        var stranger = await PostAsync("/api/v1/ask", TestPhotos.Form("How sure are you?"));

        Assert.NotEmpty(first["claims"]!.AsArray());
        Assert.Equal((string?)first["conversation"], (string?)second["conversation"]);
        Assert.DoesNotContain("no photo in this conversation", (string)second["text"]!, StringComparison.Ordinal);
        Assert.Contains("no photo in this conversation", (string)stranger["text"]!, StringComparison.Ordinal);
        using var erased = await _api.DeleteAsync($"/api/v1/conversations/{(string)first["conversation"]!}");
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
    }

    [Fact]
    public async Task The_ontology_can_be_looked_up()
    {
        var node = await GetAsync("/api/v1/ontology/nodes/melanoma");
        var path = (await GetAsync("/api/v1/ontology/nodes/melanoma/path")).AsArray();
        var found = (await GetAsync("/api/v1/ontology/search?text=melanom&top=3")).AsArray();
        var mapped = (await GetAsync("/api/v1/ontology/map?label=mel&label=no%20such%20thing")).AsArray();
        var shared = await GetAsync("/api/v1/ontology/common-ancestor?first=melanoma&second=melanocytic%20nevus");

        Assert.Equal("Melanoma", (string?)node["name"]);
        Assert.Equal("Melanoma", (string?)path[^1]!["name"]);
        Assert.Equal("category", (string?)path[0]!["level"]);
        Assert.Contains(found, entry => (string?)entry!["name"] == "Melanoma");
        Assert.Equal(2, mapped.Count);
        Assert.Null(mapped[1]!["id"]);
        Assert.NotNull(shared["id"]);
    }

    [Fact]
    public async Task A_name_nobody_knows_is_a_problem_with_a_remedy()
    {
        using var response = await _api.GetAsync("/api/v1/ontology/nodes/melanomma");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Did you mean", (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["remedy"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_are_found_by_words_and_by_photo()
    {
        var statistics = await GetAsync("/api/v1/cases/");
        var byText = (await GetAsync("/api/v1/cases/search?text=melanoma&top=3&filter=sex=female")).AsArray();
        var byPhoto = (await PostAsync("/api/v1/cases/search?top=4", TestPhotos.Form(null, ("lesion.jpg", TestPhotos.Lesion())))).AsArray();
        var one = await GetAsync($"/api/v1/cases/{(string)byPhoto[0]!["id"]!}");
        using var bad = await _api.GetAsync("/api/v1/cases/search?text=melanoma&filter=shoe=42");

        Assert.True((int)statistics["count"]! > 0);
        Assert.All(byText, match => Assert.Equal("female", (string?)match!["fields"]!["sex"]));
        Assert.Equal(4, byPhoto.Count);
        Assert.Equal((string?)byPhoto[0]!["caption"], (string?)one["caption"]);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Models_are_listed_without_where_they_lie()
    {
        var packs = (await GetAsync("/api/v1/models")).AsArray();

        Assert.Contains(packs, pack => (string?)pack!["id"] == "derm-mini");
        Assert.All(packs, pack => Assert.Null(pack!["directory"]));
    }

    [Fact]
    public async Task Without_a_key_nobody_gets_in()
    {
        using var stranger = host.CreateClient();
        using var none = await stranger.GetAsync("/api/v1/models");
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", WebHost.ApiKey + "x");
        using var wrong = await stranger.GetAsync("/api/v1/models");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (none.StatusCode, wrong.StatusCode));
        Assert.Contains("remedy", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_form_is_refused_in_words()
    {
        using var json = await _api.PostAsJsonAsync("/api/v1/analyze", new { photo = "x" });
        using var empty = await _api.PostAsync("/api/v1/analyze", TestPhotos.Form("no photo"));
        using var many = await _api.PostAsync("/api/v1/analyze", TestPhotos.Form(null, [.. Enumerable.Range(0, 9).Select(i => ($"{i}.jpg", TestPhotos.Lesion(40)))]));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (json.StatusCode, empty.StatusCode, many.StatusCode));
        Assert.Contains("multipart/form-data", await json.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await GetAsync("/openapi/v1.json");

        foreach (var path in new[] { "/api/v1/analyze", "/api/v1/ask", "/api/v1/ontology/search", "/api/v1/cases/search", "/api/v1/models" }) Assert.NotNull(document["paths"]![path]);
        Assert.Null(document["paths"]!["/api/page/session"]);
        Assert.NotNull(document["components"]!["securitySchemes"]!["key"]);
    }

    private async Task<JsonNode> GetAsync(string path) => (await _api.GetFromJsonAsync<JsonNode>(path))!;

    private async Task<JsonNode> PostAsync(string path, HttpContent content)
    {
        using var response = await _api.PostAsync(path, content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
