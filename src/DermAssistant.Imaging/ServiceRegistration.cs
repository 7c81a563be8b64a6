using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DermAssistant.Imaging;

/// <summary>Registers the room.</summary>
public static class ImagingRegistration
{
    /// <summary>Adds the <see cref="PhotoGate"/> as a singleton.</summary>
    /// <param name="options">The gate's limits; defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit makes no sense.</exception>
    public static IServiceCollection AddImaging(this IServiceCollection services, PhotoGateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new PhotoGate(options));
        return services;
    }
}
