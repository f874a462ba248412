using NetGen.Benchmarks;

try
{
    return Command.Run(args);
}
catch (UsageException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    Console.Error.WriteLine("--help tells the usage");
    return 2;
}
catch (MeasurementException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
