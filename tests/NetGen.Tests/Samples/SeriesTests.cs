using NetGen.Samples;

namespace NetGen.Tests.Samples;

/// <summary>The series of the sample, apart from training.</summary>
public sealed class SeriesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_network_should_say_gives_the_value(bool isMultiplicative)
    {
        Series series = Ramp(isMultiplicative);
        SeasonalSteps steps = new(series);
        for (int i = 0; i < series.Values.Length; i++)
        {
            Assert.Equal(i >= series.Season, steps.IsReady);
            if (steps.IsReady)
            {
                Assert.Equal(series.Values[i], steps.Value(steps.Target(series.Values[i])), series.Values[i] * 1e-5f);
                Assert.Equal(series.Values[i - series.Season], steps.Value(0), series.Values[i] * 1e-5f);
            }

            steps.Add(series.Values[i]);
        }
    }

    /// <summary>Of a series that grows evenly every step is like the others.</summary>
    [Fact]
    public void A_trend_is_nothing_new_to_the_network()
    {
        Series series = Ramp(isMultiplicative: false) with { Values = [.. Enumerable.Range(0, 30).Select(i => 5f + i)] };
        Dataset windows = Windows.Cut(series);
        Assert.Equal(series.Known - series.Season - (4 * series.Season) + 1, windows.Count);
        float[] first = new float[4 * series.Season * SeasonalSteps.Size];
        windows.ReadInput(0, first);
        Assert.All(first.Chunk(SeasonalSteps.Size), step => Assert.Equal((first[0], first[1]), (step[0], step[1])));
        Assert.Equal(-first[0], first[1]);
    }

    [Fact]
    public void The_naive_forecast_repeats_the_season_before()
    {
        Series series = Ramp(isMultiplicative: false);
        Forecast naive = Forecast.Naive(series);
        Assert.Equal(series.Values[(series.Known - 3)..^3], naive.OneStep);
        float[] last = series.Values[(series.Known - 3)..series.Known];
        Assert.Equal<float>([.. last, .. last, last[0]], naive.FreeRunning);
        float[] truth = series.Values[series.Known..];
        Assert.Equal(truth.Zip(naive.OneStep).Average(pair => Math.Abs((double)pair.First - pair.Second)), naive.Errors(series).OneStep, 1e-9);
    }

    /// <summary>The first forecast comes from the same in both; what follows hangs on what the network has said.</summary>
    [Fact]
    public void A_free_running_forecast_does_not_see_the_unknown_part()
    {
        Forecaster network = new(seed: 4);
        network.SetWeights("dense/kernel", [.. Enumerable.Range(0, 24).Select(i => 0.1f * (i % 5))]);
        Series series = Ramp(isMultiplicative: false), other = series with { Values = [.. series.Values.Select((value, i) => i < series.Known ? value : 100 - value)] };
        Forecast forecast = Forecast.Make(network, series), changed = Forecast.Make(network, other);
        Assert.Equal(forecast.FreeRunning, changed.FreeRunning);
        Assert.Equal(forecast.OneStep[0], forecast.FreeRunning[0]);
        Assert.NotEqual(forecast.OneStep[^1], changed.OneStep[^1]);
    }

    private static Series Ramp(bool isMultiplicative) =>
        new("a ramp", "steps", 3, [.. Enumerable.Range(0, 30).Select(i => 5f + i + (i % 3 * 2))], 23, isMultiplicative);
}
