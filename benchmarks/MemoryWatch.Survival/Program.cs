using MemoryWatch.Survival.Server;
using MemoryWatch.Survival.Tables;

// Shows whether a server that is overloaded stays alive: a finite list of jobs in a memory cgroup of 512 MB, with the watch and without it.
return args switch
{
    [ServerProcess.Command, var overload, var pace, var socket, var blackBox] => await ServerProcess.RunAsync(overload, pace, socket, blackBox),
    [RestartTable.Command, .. var options] => await RestartTable.RunAsync(Choice.Read(options)),
    _ => await SurvivalTable.RunAsync(Choice.Read(args)),
};
