namespace NetGen.Generator.Tests;

/// <summary>Steps so large that parts take each other's units, or share what one sample needs, give the same bits and numbers.</summary>
public sealed class SharedWorkTests
{
    private static readonly string[] Tapes =
    [
        "[Input(28, 28, 16), Conv2D(48, 3, Padding = Padding.Same), ReLU, Conv2D(16, 1), BatchNormalization, ReLU, Conv2D(32, 3, Strides = 2), Flatten, Dense(2)]",
        "[Input(10, 9, 48), Conv2D(80, 3, Padding = Padding.Same), Conv2D(16, 3), GlobalAveragePooling2D, Dense(3)]",
        "[Input(9, 117, 64), Conv2D(64, 3, Padding = Padding.Same), BatchNormalization, ReLU, GlobalAveragePooling2D, Dense(2)]",
        "[Input(6, 7, 64), Conv2D(104, 1), BatchNormalization, ReLU, Conv2D(128, 1), BatchNormalization, ReLU, Conv2D(40, 1, Strides = 2), BatchNormalization, GlobalAveragePooling2D, Dense(2)]",
        "[Input(1030), Dense(1029, Activation = Activation.ReLU), Dense(1024)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Threads_do_not_change_a_bit(int index)
    {
        foreach (int samples in new[] { 1, 2, 9 })
        {
            NetCheck.Parts(Batch.Value.Nets[index], new NetData(samples));
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agree_with_the_interpreter(int index)
    {
        foreach (int samples in new[] { 1, 3 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples), NetCheck.Net);
            NetCheck.Training(Batch.Value.Nets[index], new NetData(samples), NetCheck.Net);
        }
    }

    [Fact]
    public void Units_move_only_before_a_wait()
    {
        ProgramSchedule training = Batch.Value.Nets[0].Schedules.Training!;
        foreach (StepList list in training.Lists)
        {
            for (int i = 0; i < list.Steps.Count; i++)
            {
                Assert.True(list.Steps[i].Grain is null || list.Steps[i + 1].SyncBefore, list.Steps[i].Kernel.Name);
            }
        }

        Assert.Contains(training.Lists.SelectMany(l => l.Steps), s => s is { Kernel: ConvKernel, Grain: > 0 });
        Assert.All(training.Lists.SelectMany(l => l.Steps).Where(s => s.Kernel is ConvFilterGradientKernel or WeightGradientKernel), s => Assert.Null(s.Grain));
    }

    [Fact]
    public void Moments_ride_on_blocks_that_parts_share()
    {
        Assert.Contains(Batch.Value.Nets[2].Schedules.Training!.Kernels, k => k is WinogradKernel { HasMoments: true, MomentBlocks: { BlockHeight: < 9, BlockWidth: < 117 } });
        Assert.Equal(3, Batch.Value.Nets[3].Schedules.Training!.Kernels.Count(k => k is ConvKernel { HasMoments: true }));
    }

    [Fact]
    public void A_row_of_tiles_that_no_cache_holds_is_several_blocks() =>
        Assert.Contains(Batch.Value.Nets[2].Schedules.Inference.Kernels, k => k is WinogradKernel { Form.Outputs: 4, Units.Scale: 3 * 2 * 2 });

    [Fact]
    public void One_sample_gives_every_part_panels_of_a_large_matrix() =>
        Assert.Contains(Batch.Value.Nets[4].Schedules.Inference.Kernels, k => k is MatMulKernel { N: 1029, Units: { IsConstant: true, Constant: 33 } });

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);
}
