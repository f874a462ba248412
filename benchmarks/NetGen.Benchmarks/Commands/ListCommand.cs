using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>One line per workload.</summary>
internal static class ListCommand
{
    public static int Run()
    {
        foreach (var w in WorkloadTable.All)
        {
            var sizes = string.Join("-", w.Layers.Select(l => string.Join("x", l.OutputShape)).Prepend(string.Join("x", w.InputShape)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{w.Name,-12} {sizes,-20} {w.MultiplyAdds,12:N0} multiply-adds   infer, train (batch {w.TrainBatch}, Adam, {w.Loss})"));
        }
        return 0;
    }
}
