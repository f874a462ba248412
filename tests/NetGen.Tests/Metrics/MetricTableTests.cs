namespace NetGen.Tests;

public sealed class MetricTableTests
{
    public static TheoryData<string> Names => [.. MetricTable.Rows.Select(row => row.Name)];

    [Fact]
    public void Every_name_stands_for_one_metric()
    {
        string[] names = [.. MetricTable.Rows.SelectMany(row => row.Aliases.Append(row.Name))];
        Assert.Equal(names.Distinct().Count(), names.Length);
        Assert.All(MetricTable.Rows, row => Assert.All(row.Aliases, alias => Assert.Equal(row.Create().Name, MetricTable.Find(alias)!.Name)));
        Assert.Null(MetricTable.Find("none"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated_after_the_first_batch(string name)
    {
        bool isSparse = name.StartsWith("Sparse", StringComparison.Ordinal);
        float[] predictions = [.. Enumerable.Range(0, 60).Select(i => ((i * 37) % 60 / 60f) + 0.01f)];
        float[] targets = [.. Enumerable.Range(0, isSparse ? 20 : 60).Select(i => (float)(i % 2))];
        float[] weights = [.. Enumerable.Range(0, 20).Select(i => (float)(i % 3))];
        bool[] mask = [.. Enumerable.Range(0, 20).Select(i => i % 4 > 0)];
        int[] shape = [3];
        int[] targetShape = isSparse ? [] : [3];
        MetricState state = MetricTable.Find(name)!.CreateState(shape, targetShape);
        double sum = 0;

        void Run()
        {
            LossInput input = new(predictions, shape, targets, targetShape, 20);
            state.Update(input);
            state.Update(input with { SampleWeights = weights, Mask = mask });
            sum += state.Result;
            state.Reset();
        }

        Run();
        double first = sum;
        Assert.Equal(0, Allocations.Of(() => sum = 0, Run));
        Assert.Equal(first, sum, 1e-9 * Math.Max(1, Math.Abs(first)));
    }
}
