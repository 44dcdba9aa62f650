using MemoryWatch;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<Worker>();
builder.Services.AddHostedService(services => services.GetRequiredService<Worker>());
builder.Services.AddMemoryWatch()
    .AddBlackBox() // data/memory.blackbox: the next start says how this run ended
    .AddMetric<Worker>("Jobs done", worker => worker.JobsDone);

builder.Build().Run();
