using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>One line per workload.</summary>
internal static class ListCommand
{
    public static int Run()
    {
        foreach (var w in WorkloadTable.All)
        {
            var sizes = $"{string.Join('+', w.Inputs.Select(input => string.Join("x", input.OutputShape)))}-{string.Join("x", w.OutputShape)}";
            long weights = w.Layers.SelectMany(l => l.Weights).Sum(s => (long)s.Count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{w.Name,-14} {sizes,-18} {weights,11:N0} weights {w.MultiplyAdds,14:N0} multiply-adds   infer, train (batch {w.TrainBatch}, {w.Optimizer}, {w.Loss})"));
        }
        return 0;
    }
}
