using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Channels;

/// <summary>Registers this room.</summary>
public static class ChannelsRegistration
{
    /// <summary>Adds <see cref="IChatDesk"/> and <see cref="ITurnQueue"/>.</summary>
    /// <remarks>Needs <see cref="Agent.IAssistant"/> and <see cref="Imaging.PhotoGate"/>.</remarks>
    /// <exception cref="ChannelSetupException">An option is out of range.</exception>
    public static IServiceCollection AddChannels(this IServiceCollection services, ChannelsOptions? options = null)
    {
        options ??= new ChannelsOptions();
        options.Validate();
        return services
            .AddSingleton(options)
            .AddSingleton<AnswerShelf>()
            .AddSingleton<IChatDesk, ChatDesk>()
            .AddSingleton<TurnQueue>()
            .AddSingleton<ITurnQueue>(provider => provider.GetRequiredService<TurnQueue>())
            .AddHostedService(provider => provider.GetRequiredService<TurnQueue>());
    }
}
