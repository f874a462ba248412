namespace NetGen.Tests;

[Network]
[Input(Dim.Any, 3)]
[LSTM(5, ReturnSequences = true), GRU(4), Dense(2)]
public partial class StreamedStack;

[Network]
[Input(20, 3)]
[Masking, SimpleRNN(6, ReturnSequences = true), LayerNormalization, GRU(5, ResetAfter = false, ReturnSequences = true), Dense(2, Activation = Activation.Softmax)]
public partial class StreamedSequence;

[Network]
[Input(Dim.Any, 2)]
[Conv1D(4, 3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.ReLU), Conv1D(6, 5, Strides = 2, Padding = Padding.Causal, Name = "half")]
[MaxPooling1D(3), Conv1D(3, 2, Strides = 2, Padding = Padding.Causal), LSTM(4, ReturnSequences = true)]
public partial class StreamedConvolutions;

[Network]
[Input(Dim.Any, Type = ElementType.Int32)]
[Embedding(7, 4), LSTM(4, ReturnSequences = true), Dense(7)]
public partial class StreamedTokens;

[Network]
[Input(Dim.Any, 3, Name = "source"), LSTM(4, ReturnState = true, Name = "encoder")]
[Input(Dim.Any, 2, Name = "target"), LSTM(4, ReturnSequences = true, InitialState = "encoder"), Dense(2)]
public partial class StreamedDecoder;

[Network]
[Input(Dim.Any, 3)]
[LSTM(5, Name = "l"), Dense(2, Name = "a"), Dense(1, From = "l", Name = "b")]
[Output("a"), Output("b")]
public partial class StreamedTwoOutputs;

[Network]
[Input(Dim.Any, 7)]
[Masking(Name = "x"), MultiHeadAttention(3, 5, ValueDim = 7, UseCausalMask = true, Name = "a"), Add("x", "a"), LayerNormalization, Attention(UseCausalMask = true), GRU(4, ReturnSequences = true)]
[AdditiveAttention(UseCausalMask = true), GroupQueryAttention(17, 4, 2, UseCausalMask = true, UseGate = true), Dense(3)]
public partial class StreamedAttention;

[Network]
[Input(Dim.Any, Type = ElementType.Int32)]
[TokenAndPositionEmbedding(9, 10, 64, MaskZero = true, Name = "x"), MultiHeadAttention(2, 32, UseCausalMask = true, Name = "a"), Add("x", "a"), LayerNormalization, Dense(9)]
public partial class StreamedPositions;

[Network]
[Input(Dim.Any, 3)]
[Conv1D(6, 4, Strides = 2, Padding = Padding.Causal), Masking, MultiHeadAttention(2, 3, UseCausalMask = true), MaxPooling1D(2, Name = "p"), SinePositionEncoding(Name = "s"), Add("p", "s"), Dense(2)]
public partial class StreamedStrides;

[Network]
[Input(Dim.Any, 3, Name = "x")]
[SinePositionEncoding(Name = "s"), Add("x", "s"), LSTM(4)]
public partial class StreamedWaves;

/// <summary>Networks step by step, as a user calls them.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void After_each_step_the_output_is_that_of_all_steps_so_far(int samples)
    {
        StreamedStack model = new(seed: 3);
        using InferenceStream stream = model.CreateStream(samples);
        float[] x = Numbers(samples * 9 * 3), y = new float[samples * 2], whole = new float[samples * 2];
        for (int t = 0; t < 9; t++)
        {
            stream.Step(Steps(x, samples, 9, 3, t, 1), y);
            model.Predict(Steps(x, samples, 9, 3, 0, t + 1), whole, samples);
            AssertClose(whole, y);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_output_with_a_time_gives_its_newest_step(int samples)
    {
        StreamedSequence model = new(seed: 3);
        float[] x = Numbers(samples * 20 * 3), whole = new float[samples * 20 * 2], y = new float[samples * 2];
        x.AsSpan(4 * 3, 3).Clear();
        model.Predict(x, whole);
        InferenceStream stream = model.CreateStream(samples);
        for (int t = 0; t < 20; t++)
        {
            stream.Step(Steps(x, samples, 20, 3, t, 1), y);
            AssertClose(Steps(whole, samples, 20, 2, t, 1), y);
        }
    }

    [Fact]
    public void Strides_take_several_steps_at_a_time()
    {
        StreamedConvolutions model = new(seed: 5);
        InferenceStream stream = model.CreateStream(samples: 2);
        Assert.Equal(12, stream.Steps);
        float[] x = Numbers(2 * 48 * 2), whole = new float[2 * 4 * 4], y = new float[2 * 4];
        model.Predict(x, whole, samples: 2);
        for (int call = 0; call < 4; call++)
        {
            stream.Step(Steps(x, 2, 48, 2, 12 * call, 12), y);
            AssertClose(Steps(whole, 2, 4, 4, call, 1), y);
        }
    }

    [Fact]
    public void A_decoder_goes_step_by_step_behind_its_encoder()
    {
        StreamedDecoder model = new(seed: 5);
        float[] source = Numbers(3 * 5 * 3), target = Numbers(3 * 6 * 2), whole = new float[3 * 6 * 2], y = new float[3 * 2];
        model.Predict(source, target, whole, samples: 3);
        InferenceStream stream = model.CreateStream(source, samples: 3);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int t = 0; t < 6; t++)
            {
                stream.Step(Steps(target, 3, 6, 2, t, 1), y);
                AssertClose(Steps(whole, 3, 6, 2, t, 1), y);
            }

            stream.Reset();
        }
    }

    [Fact]
    public void Several_outputs_come_together()
    {
        StreamedTwoOutputs model = new(seed: 5);
        InferenceStream stream = model.CreateStream();
        float[] x = Numbers(4 * 3), a = new float[2], b = new float[1], wholeA = new float[2], wholeB = new float[1];
        for (int t = 0; t < 4; t++)
        {
            stream.Step(new PredictCall { Input0 = x.AsSpan(t * 3, 3), Output0 = a, Output1 = b });
        }

        model.Predict(x, wholeA, wholeB, samples: 1);
        AssertClose(wholeA, a);
        AssertClose(wholeB, b);
        Assert.Throws<ArgumentException>(() => stream.Step(x.AsSpan(0, 3), a));
    }

    [Fact]
    public void A_reset_stream_begins_again_and_a_copy_goes_on_by_itself()
    {
        StreamedStack model = new(seed: 3);
        InferenceStream stream = model.CreateStream();
        float[] x = Numbers(9 * 3), first = new float[2], second = new float[2], y = new float[2];
        stream.Step(x.AsSpan(0, 3), first);
        InferenceStream copy = stream.Copy();
        stream.Step(x.AsSpan(3, 3), second);
        stream.Step(x.AsSpan(6, 3), y);
        copy.Step(x.AsSpan(3, 3), y);
        Assert.Equal(second, y);
        stream.CopyFrom(copy);
        stream.Step(x.AsSpan(6, 3), first);
        copy.Step(x.AsSpan(6, 3), y);
        Assert.Equal(first, y);
        stream.Reset();
        model.CreateStream().Step(x.AsSpan(0, 3), first);
        stream.Step(x.AsSpan(0, 3), y);
        Assert.Equal(first, y);
    }

    [Fact]
    public void Reordered_samples_go_on_from_where_others_stood()
    {
        StreamedDecoder model = new(seed: 5);
        float[] source = Numbers(3 * 5 * 3), target = Numbers(3 * 2), y = new float[3 * 2], same = new float[3 * 2];
        InferenceStream stream = model.CreateStream(source, samples: 3);
        stream.Step(target, y);
        InferenceStream other = stream.Copy();
        stream.Reorder([2, 0, 2]);
        float[] next = Numbers(2);
        stream.Step([.. next, .. next, .. next], y);
        other.Step([.. next, .. next, .. next], same);
        Assert.Equal([.. same.AsSpan(4, 2), .. same.AsSpan(0, 2), .. same.AsSpan(4, 2)], y);
        Assert.Throws<ArgumentException>(() => stream.Reorder([0, 1]));
        Assert.Throws<ArgumentException>(() => stream.Reorder([0, 1, 3]));
    }

    [Fact]
    public void Weights_stay_those_of_the_start()
    {
        StreamedStack model = new(seed: 3);
        float[] x = Numbers(6), expected = new float[2], y = new float[2];
        InferenceStream stream = model.CreateStream();
        stream.Copy().Step(x.AsSpan(0, 3), expected);
        model.Initialize(seed: 9);
        stream.Step(x.AsSpan(0, 3), y);
        Assert.Equal(expected, y);
        model.CreateStream().Step(x.AsSpan(0, 3), y);
        Assert.NotEqual(expected, y);
    }

    [Fact]
    public void A_loaded_network_has_streams()
    {
        using TemporaryFolder folder = new();
        string path = folder["net.safetensors"];
        StreamedDecoder model = new(seed: 5);
        model.Save(path);
        float[] source = Numbers(5 * 3), x = Numbers(2), expected = new float[2], y = new float[2];
        model.CreateStream(source, 1).Step(x, expected);
        StreamedDecoder.Load(path).CreateStream(source, 1).Step(x, y);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        StreamedStack model = new(seed: 3);
        InferenceStream stream = model.CreateStream(samples: 2);
        float[] x = Numbers(6), y = new float[4];
        Assert.Equal(0, Allocations.Of(() => stream.Step(x, y)));
    }

    [Fact]
    public void Neither_do_steps_and_moves_of_attention()
    {
        InferenceStream stream = new StreamedAttention(seed: 3).CreateStream(samples: 3, maxLength: 100), other = stream.Copy();
        float[] x = Numbers(3 * 7), y = new float[3 * 3];
        int[] rows = [1, 2, 0];
        Assert.Equal(0, Allocations.Of(() => stream.Step(x, y)));
        Assert.Equal(0, Allocations.Of(() => stream.Reorder(rows)));
        Assert.Equal(0, Allocations.Of(() => other.CopyFrom(stream)));
        Assert.Equal(0, Allocations.Of(stream.Reset));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Causal_attention_looks_back_at_what_is_kept(int samples)
    {
        const int Time = 37;
        StreamedAttention model = new(seed: 3);
        float[] x = Numbers(samples * Time * 7), whole = new float[samples * Time * 3], y = new float[samples * 3];
        x.AsSpan(4 * 7, 7).Clear();
        model.Predict(x, whole, samples);
        using InferenceStream stream = model.CreateStream(samples, maxLength: Time);
        Assert.Equal(Time, stream.MaxLength);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int t = 0; t < Time; t++)
            {
                stream.Step(Steps(x, samples, Time, 7, t, 1), y);
                AssertClose(Steps(whole, samples, Time, 3, t, 1), y);
            }

            stream.Reset();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Positions_and_masked_tokens_are_those_of_the_sequence(int samples)
    {
        StreamedPositions model = new(seed: 3);
        float[] x = [1, 0, 8, 3, 3, 0, 7, 2, 2, 4, 5, 3, 0, 1, 1, 6, 0, 0, 8, 8];
        x = x[..(10 * samples)];
        float[] whole = new float[samples * 10 * 9], y = new float[samples * 9];
        model.Predict(x, whole, samples);
        InferenceStream stream = model.CreateStream(samples);
        Assert.Equal(10, stream.MaxLength);
        for (int t = 0; t < 10; t++)
        {
            stream.Step(Steps(x, samples, 10, 1, t, 1), y);
            AssertClose(Steps(whole, samples, 10, 9, t, 1), y);
        }

        Assert.Contains("10 steps", Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateStream(samples, maxLength: 11)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attention_over_strides_sees_the_steps_of_its_call()
    {
        StreamedStrides model = new(seed: 5);
        InferenceStream stream = model.CreateStream(samples: 2, maxLength: 23);
        Assert.Equal(4, stream.Steps);
        Assert.Equal(24, stream.MaxLength);
        float[] x = Numbers(2 * 24 * 3), whole = new float[2 * 6 * 2], y = new float[2 * 2];
        model.Predict(x, whole, samples: 2);
        for (int call = 0; call < 6; call++)
        {
            stream.Step(Steps(x, 2, 24, 3, 4 * call, 4), y);
            AssertClose(Steps(whole, 2, 6, 2, call, 1), y);
        }
    }

    [Fact]
    public void Waves_count_steps_without_a_bound()
    {
        StreamedWaves model = new(seed: 5);
        InferenceStream stream = model.CreateStream();
        Assert.Equal(int.MaxValue, stream.MaxLength);
        float[] x = Numbers(50 * 3), whole = new float[4], y = new float[4];
        model.Predict(x, whole, samples: 1);
        for (int t = 0; t < 50; t++)
        {
            stream.Step(x.AsSpan(3 * t, 3), y);
        }

        AssertClose(whole, y);
    }

    [Fact]
    public void What_attention_keeps_is_copied_and_moved_with_the_samples()
    {
        StreamedAttention model = new(seed: 3);
        float[] x = Numbers(4 * 6 * 7), y = new float[4 * 3], same = new float[4 * 3];
        InferenceStream stream = model.CreateStream(samples: 4, maxLength: 6), other = model.CreateStream(samples: 4, maxLength: 8);
        for (int t = 0; t < 3; t++)
        {
            stream.Step(Steps(x, 4, 6, 7, t, 1), y);
        }

        InferenceStream copy = stream.Copy();
        other.CopyFrom(stream);

        // A circle, one that stays, and one that two go on from.
        foreach (int[] rows in new int[][] { [1, 2, 0, 3], [0, 1, 1, 3], [3, 2, 1, 0], [2, 2, 2, 2], [1, 0, 0, 2] })
        {
            stream.CopyFrom(copy);
            other.CopyFrom(copy);
            stream.Reorder(rows);
            for (int t = 3; t < 5; t++)
            {
                float[] next = Numbers(7 * t)[^7..];
                stream.Step([.. next, .. next, .. next, .. next], y);
                other.Step([.. next, .. next, .. next, .. next], same);
            }

            Assert.Equal(rows.SelectMany(r => same[(3 * r)..(3 * (r + 1))]), y);
        }
    }

    [Fact]
    public void A_step_beyond_the_most_is_told_and_the_stream_goes_on_after_a_reset()
    {
        StreamedAttention model = new(seed: 3);
        InferenceStream stream = model.CreateStream(1, maxLength: 2), longer = model.CreateStream(1, maxLength: 3);
        float[] x = Numbers(7), y = new float[3], first = new float[3], second = new float[3];
        stream.Step(x, first);
        stream.Step(x, second);
        Assert.Contains("2 steps", Assert.Throws<InvalidOperationException>(() => stream.Step(x, y)).Message, StringComparison.Ordinal);
        Assert.All(y, v => Assert.Equal(0, v));
        longer.CopyFrom(stream);
        longer.Step(x, y);
        Assert.Contains("room for 2", Assert.Throws<ArgumentException>(() => stream.CopyFrom(longer)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => stream.Copy().Step(x, y));
        stream.Reset();
        stream.Step(x, y);
        Assert.Equal(first, y);
        stream.Step(x, y);
        Assert.Equal(second, y);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateStream(1, maxLength: 0));
    }

    [Fact]
    public void What_is_wrong_is_said_and_the_stream_goes_on()
    {
        StreamedTokens model = new(seed: 3);
        InferenceStream stream = model.CreateStream(), twin = model.CreateStream();
        float[] y = new float[7], expected = new float[7];
        stream.Step([3], y);
        twin.Step([3], expected);
        Assert.Contains("holds the token 7 in sample 0, step 0; whole numbers from 0 to", Assert.Throws<ArgumentOutOfRangeException>(() => stream.Step([7], y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => stream.Step([1, 2], y));
        Assert.Throws<ArgumentException>(() => stream.Step([1], y.AsSpan(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateStream(samples: 0));
        Assert.Throws<ArgumentException>(() => stream.CopyFrom(new StreamedTokens(seed: 3).CreateStream()));
        stream.Step([2], y);
        twin.Step([2], expected);
        Assert.Equal(expected, y);
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stream.Step([2], y));
        Assert.Throws<ObjectDisposedException>(() => stream.Reset());
    }

    [Fact]
    public async Task A_stream_that_is_disposed_of_in_a_call_ends_it_and_takes_no_more()
    {
        StreamedAttention model = new(seed: 3);
        for (int round = 0; round < 50; round++)
        {
            InferenceStream stream = model.CreateStream(4, maxLength: 400), copy = stream.Copy();
            float[] x = Numbers(4 * 7), y = new float[4 * 3];
            Task disposing = Task.Run(() =>
            {
                stream.Dispose();
                stream.Dispose();
            });
            Assert.Throws<ObjectDisposedException>(StepOn);
            await disposing;
            copy.Step(x, y);

            void StepOn()
            {
                while (true)
                {
                    stream.Step(x, y);
                    stream.Reset();
                }
            }
        }
    }

    [Fact]
    public void Two_threads_in_one_stream_are_told_and_harm_nothing()
    {
        StreamedStack model = new(seed: 3);
        InferenceStream stream = model.CreateStream();
        int done = 0, refused = 0;
        Parallel.For(0, 4, _ =>
        {
            float[] x = Numbers(3), y = new float[2];
            for (int i = 0; i < 2000; i++)
            {
                try
                {
                    stream.Step(x, y);
                    Interlocked.Increment(ref done);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        });
        Assert.Equal(8000, done + refused);

        // As many steps have been taken as calls were let in.
        InferenceStream alone = model.CreateStream();
        float[] x = Numbers(3), expected = new float[2], y = new float[2];
        for (int i = 0; i < done; i++)
        {
            alone.Step(x, expected);
        }

        alone.Step(x, expected);
        stream.Step(x, y);
        Assert.Equal(expected, y);
    }

    private static float[] Steps(float[] x, int samples, int time, int size, int first, int count) =>
        [.. Enumerable.Range(0, samples).SelectMany(s => x.AsSpan(((s * time) + first) * size, count * size).ToArray())];

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-6f);
        }
    }

    private static float[] Numbers(int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = MathF.Sin((i * 1.7f) + 0.3f);
        }

        return numbers;
    }
}
