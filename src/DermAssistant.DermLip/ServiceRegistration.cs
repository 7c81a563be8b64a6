using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DermAssistant.DermLip;

/// <summary>Registers the model packs.</summary>
public static class DermLipRegistration
{
    /// <summary>Adds the <see cref="ModelPackStore"/> over the given folders; hosts open the pack they serve from the store.</summary>
    public static IServiceCollection AddDermLip(this IServiceCollection services, ModelPackFolders folders, EncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        return services.AddSingleton(provider => new ModelPackStore(folders, options, provider.GetService<ILogger<ModelPackStore>>()));
    }
}
