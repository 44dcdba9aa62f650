using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>A stand-in and the chat in front of it, for tests of the chat alone.</summary>
public abstract class TelegramTest : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private protected BotApiStandIn Telegram { get; private set; } = null!;

    private protected TelegramRig Rig { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Telegram = await BotApiStandIn.StartAsync();
        Rig = NewRig();
    }

    public async Task DisposeAsync()
    {
        await Rig.DisposeAsync();
        await Telegram.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The same program started again, with the same database.</summary>
    private protected async Task RestartAsync()
    {
        await Rig.DisposeAsync();
        Rig = NewRig();
    }

    /// <summary>The same program with the setting for Telegram's test environment.</summary>
    private protected async Task RestartInTestEnvironmentAsync()
    {
        await Rig.DisposeAsync();
        Rig = NewRig("true");
    }

    private TelegramRig NewRig(string? isTest = null) => new(Telegram.Address, Telegram.Token, _folder.Path, isTest);
}
