using MemoryWatch.Shapes;

// Shows how often the likely cause names the operation that made memory grow: programs of different shapes, each run alone and among innocent
// operations, judged by the first name in the spike alert and in the report after a kill.
return args switch
{
    [ShapeProcess.Command, var number, var mode, var blackBox] => await ShapeProcess.RunAsync(number, mode == ShapeProcess.Among, blackBox),
    [ShapeProcess.ReportCommand, var blackBox] => ShapeProcess.Report(blackBox),
    [Hoard.Command, var megabytes] => Hoard.Run(megabytes),
    _ => ShapeTable.Run(args),
};
