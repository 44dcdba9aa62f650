using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DownloaderBot.Tests.Commands;

public sealed class CommandPumpTests
{
    [Fact]
    public async Task A_chat_that_breaks_ends_the_program_instead_of_leaving_it_deaf()
    {
        var gate = new Gate();
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>()) { BeforeRead = () => gate.PassAsync() }));
        await gate.Reached;

        gate.Break(new InvalidOperationException("no more"));

        await bot.StoppingAsync();
        var pump = bot.Get<IEnumerable<IHostedService>>().OfType<CommandPump>().Single();
        pump.ExecuteTask!.IsFaulted.Should().BeTrue();
    }
}
