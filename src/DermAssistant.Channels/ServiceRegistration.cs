using DermAssistant.Agent;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.DirectLine;
using DermAssistant.Channels.Page;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DermAssistant.Channels;

/// <summary>Registers this room.</summary>
public static class ChannelsRegistration
{
    /// <summary>Adds <see cref="IChatDesk"/>, <see cref="ITurnQueue"/>, the store of conversations and Direct Line.</summary>
    /// <remarks>Needs <see cref="IAssistant"/> and <see cref="Imaging.PhotoGate"/>. The store becomes the assistant's <see cref="IConversationStore"/>.</remarks>
    /// <exception cref="ChannelSetupException">An option is out of range.</exception>
    public static IServiceCollection AddChannels(this IServiceCollection services, ChannelsOptions? options = null)
    {
        options ??= new ChannelsOptions();
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddKeys(options)
            .AddConversations()
            .AddDirectLine(options)
            .AddPage()
            .AddSingleton<ChannelTelemetry>()
            .AddSingleton<IChatDesk, ChatDesk>()
            .AddSingleton(provider =>
            {
                var queue = ActivatorUtilities.CreateInstance<TurnQueue>(provider);
                provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(queue.BeginStop);
                provider.GetRequiredService<ChannelTelemetry>().Watch(queue);
                return queue;
            })
            .AddSingleton<ITurnQueue>(provider => provider.GetRequiredService<TurnQueue>())
            .AddHostedService(provider => provider.GetRequiredService<TurnQueue>());
    }

    /// <summary>Adds <see cref="Readiness"/>, which opens what answers need as soon as the host runs.</summary>
    /// <param name="chatModel">The name of the language model that answers, or null for the narrator.</param>
    public static IServiceCollection AddReadiness(this IServiceCollection services, string? chatModel) => services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<Readiness>(provider, chatModel ?? "narrator"))
        .AddHostedService(provider => provider.GetRequiredService<Readiness>());

    private static IServiceCollection AddKeys(this IServiceCollection services, ChannelsOptions options)
    {
        if (options.KeyFolder is { } folder)
        {
            MakeKeyFolder(folder);
            services.AddDataProtection().SetApplicationName("DermAssistant").PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
        else
        {
            services.TryAddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        }

        return services;
    }

    // Before anything else makes it, so that nobody but the server looks into it.
    private static void MakeKeyFolder(string folder)
    {
        try
        {
            PrivateFolder.Make(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ChannelSetupException($"Keys cannot be kept in {folder}: {failure.Message}", "Name a folder that the server may write to (Conversations:KeyDirectory, or DERM_HOME).");
        }
    }

    private static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<ConversationDatabase>()
        .AddSingleton<Cipher>()
        .AddSingleton<ConversationRegister>()
        .AddSingleton<ActivityLog>()
        .AddSingleton<PhotoShelf>()
        .AddSingleton<AnswerShelf>()
        .AddSingleton<IConversationStore, ConversationMemory>()
        .AddHostedService<ExpirySweep>();

    private static IServiceCollection AddPage(this IServiceCollection services) => services
        .AddSingleton<PageSessions>()
        .AddSingleton<PageDocuments>();

    private static IServiceCollection AddDirectLine(this IServiceCollection services, ChannelsOptions options) => services
        .AddCors(cors => cors.AddPolicy(DirectLineEndpoints.CorsPolicy, policy => policy
            .WithOrigins([.. options.DirectLine.TrustedOrigins])
            .WithMethods("GET", "POST")
            .WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with")
            .WithExposedHeaders("retry-after")))
        .AddSingleton<LocalKey>()
        .AddSingleton<DirectLineTokens>()
        .AddSingleton<DirectLineOrigins>()
        .AddSingleton<StreamTickets>()
        .AddSingleton<PhotoAddresses>()
        .AddSingleton<LiveConversations>()
        .AddSingleton<OpenStreams>()
        .AddSingleton<MessageLimit>()
        .AddSingleton<PhotoMemory>()
        .AddSingleton<UploadReader>()
        .AddSingleton<IncomingActivities>()
        .AddHostedService<UnansweredMessages>();
}
