using DermAssistant.Channels;
using DermAssistant.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddRooms();
builder.Services.AddChannels();

var app = builder.Build();
app.UseStaticFiles();
app.MapHealth();

await app.RunAsync();
