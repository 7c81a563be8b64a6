using Microsoft.IdentityModel.Tokens;

namespace DermAssistant.Channels.BotConnector;

/// <summary>A published signing key.</summary>
/// <param name="Endorsements">The channels whose activities the key may sign.</param>
internal sealed record SigningKey(RsaSecurityKey Key, IReadOnlySet<string> Endorsements);
