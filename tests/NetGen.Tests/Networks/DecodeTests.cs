namespace NetGen.Tests;

[Network]
[Input(Dim.Any, Type = ElementType.Int32, Name = "source"), Embedding(6, 3, MaskZero = true), LSTM(5, ReturnState = true, Name = "encoder")]
[Input(Dim.Any, Type = ElementType.Int32, Name = "target"), Embedding(4, 3, EmbeddingsInitializer = "RandomNormal(stddev: 1)"), LSTM(5, ReturnSequences = true, InitialState = "encoder")]
[Dense(4, Activation = Activation.Softmax, KernelInitializer = "RandomNormal(stddev: 2)", Name = "probabilities")]
[Decode(Input = "target", Output = "probabilities")]
public partial class Writer;

[Network]
[Input(Dim.Any, Type = ElementType.Int32), Embedding(5, 4, EmbeddingsInitializer = "RandomNormal(stddev: 1)"), GRU(6, ReturnSequences = true), Dense(5, KernelInitializer = "RandomNormal(stddev: 2)")]
[Decode]
public partial class LanguageModel;

[Network]
[Input(Dim.Any, Type = ElementType.Int32, Name = "source"), Embedding(6, 3, MaskZero = true), GRU(5, Bidirectional = Merge.Sum, ReturnSequences = true, Name = "encoder")]
[Input(Dim.Any, Type = ElementType.Int32, Name = "target"), Embedding(4, 3, EmbeddingsInitializer = "RandomNormal(stddev: 1)")]
[GRU(5, ReturnSequences = true, Name = "decoder"), Attention("decoder", "encoder", Name = "a"), MultiHeadAttention(2, 3, "decoder", "encoder", Name = "h")]
[Concatenate("decoder", "a", "h"), Dense(4, Activation = Activation.Softmax, KernelInitializer = "RandomNormal(stddev: 2)")]
[Decode(Input = "target")]
public partial class AttentiveWriter;

[Network]
[Input(Dim.Any, Type = ElementType.Int32, Name = "source"), TokenAndPositionEmbedding(6, 12, 8, MaskZero = true, Name = "s"), MultiHeadAttention(2, 5, Name = "sa")]
[Add("s", "sa", Name = "encoder"), LayerNormalization(Name = "encoded")]
[Input(Dim.Any, Type = ElementType.Int32, Name = "target"), TokenAndPositionEmbedding(4, 12, 8, MaskZero = true, EmbeddingsInitializer = "RandomNormal(stddev: 1)", Name = "t")]
[MultiHeadAttention(2, 5, UseCausalMask = true, Name = "ta"), Add("t", "ta"), LayerNormalization(Name = "q"), MultiHeadAttention(2, 3, "q", "encoded", Name = "c"), Add("q", "c")]
[LayerNormalization, Dense(4, Activation = Activation.Softmax, KernelInitializer = "RandomNormal(stddev: 2)", Name = "probabilities")]
[Decode(Input = "target", Output = "probabilities")]
public partial class TransformerWriter;

[Network]
[Input(Dim.Any, Type = ElementType.Int32), Embedding(5, 6, EmbeddingsInitializer = "RandomNormal(stddev: 1)", Name = "e"), SinePositionEncoding(Name = "p"), Add("e", "p", Name = "x")]
[GroupQueryAttention(3, 4, 2, UseCausalMask = true, Name = "a"), Add("x", "a", Name = "y"), LayerNormalization, Attention(UseCausalMask = true, Name = "b"), Add("y", "b")]
[Dense(5, KernelInitializer = "RandomNormal(stddev: 2)")]
[Decode]
public partial class CausalLanguageModel;

/// <summary>Networks that write sequences, as a user calls them.</summary>
public sealed class DecodeTests
{
    private const int Start = 1;
    private const int End = 2;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Greedy_takes_the_likeliest_token_of_the_whole_call(ulong seed)
    {
        Writer model = new(seed);
        float[] source = [3, 1, 4, 5];
        int[] target = new int[7];
        int count = model.Decode(source, target, new DecodeOptions { Start = Start, End = End });
        List<int> expected = [];
        while (expected.Count < 7)
        {
            float[] probabilities = Next(model, source, expected);
            int best = Array.IndexOf(probabilities, probabilities.Max());
            if (best == End)
            {
                break;
            }

            expected.Add(best);
        }

        Assert.Equal(expected, target[..count]);
        Assert.All(target[count..], t => Assert.Equal(0, t));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0.7)]
    [InlineData(4, 1.5)]
    [InlineData(5, 1)]
    public void A_beam_that_loses_nothing_finds_the_best_sequence_of_all(ulong seed, double penalty)
    {
        // Three tokens go on, so 3 sequences are open behind the first step and 9 behind the second: the vocabulary of 4 is as wide as beams get, so two steps lose nothing.
        const int Most = 2;
        Writer model = new(seed);
        float[] source = [3, 1, 4, 5];
        int[] target = new int[Most];
        int count = model.Decode(source, target, new DecodeOptions { Start = Start, End = End, BeamWidth = 4, LengthPenalty = penalty });
        (int[] best, double score) = ([], double.NegativeInfinity);
        Search([], 0);
        Assert.Equal(best, target[..count]);
        return;

        void Search(int[] written, double logProbability)
        {
            if (written.Length == Most)
            {
                Note(written, logProbability);
                return;
            }

            float[] probabilities = Next(model, source, written);
            for (int token = 0; token < probabilities.Length; token++)
            {
                double next = logProbability + Math.Log(probabilities[token]);
                if (token == End)
                {
                    Note(written, next);
                }
                else
                {
                    Search([.. written, token], next);
                }
            }
        }

        void Note(int[] written, double logProbability)
        {
            double normalized = logProbability / Math.Pow((5 + written.Length) / 6.0, penalty);
            (best, score) = normalized > score ? (written, normalized) : (best, score);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Samples_of_a_batch_are_written_as_alone(int width)
    {
        Writer model = new(seed: 7);
        float[] source = [3, 1, 4, 5, 5, 1, 3, 4, 4, 4, 1, 1];
        int[] target = new int[3 * 6], counts = new int[3], alone = new int[6];
        DecodeOptions options = new() { Start = Start, End = End, BeamWidth = width, Padding = 3 };
        model.Decode(source, target, counts, options);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(model.Decode(source.AsSpan(4 * i, 4), alone, options), counts[i]);
            Assert.Equal(alone, target[(6 * i)..(6 * (i + 1))]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_transformer_writes_as_its_whole_call_says(ulong seed)
    {
        TransformerWriter model = new(seed);
        float[] sources = [3, 1, 4, 5, 2, 5, 1, 4, 0, 0];
        int[] lengths = [5, 3], target = new int[2 * 9], counts = new int[2], alone = new int[9];
        DecodeOptions options = new() { Start = Start, End = End, Padding = 3 };
        model.Decode(sources, target, counts, options, lengths);
        for (int i = 0; i < 2; i++)
        {
            float[] source = sources[(5 * i)..((5 * i) + lengths[i])];
            List<int> expected = Naive(tokens => NextOf(model, source, tokens), 9);
            Assert.Equal(expected, target[(9 * i)..((9 * i) + counts[i])]);
            Assert.Equal(counts[i], model.Decode(source, alone, options));
            Assert.Equal(alone, target[(9 * i)..(9 * (i + 1))]);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.8)]
    public void A_transformers_beams_are_those_of_its_whole_call(ulong seed, double penalty)
    {
        TransformerWriter model = new(seed);
        float[] source = [3, 1, 4, 5];
        int[] target = new int[6];
        int count = model.Decode(source, target, new DecodeOptions { Start = Start, End = End, BeamWidth = 3, LengthPenalty = penalty });
        Assert.Equal(NaiveBeam(tokens => NextOf(model, source, tokens), 6, 3, penalty), target[..count]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_causal_language_model_writes_as_its_whole_call_says(ulong seed)
    {
        CausalLanguageModel model = new(seed);
        int[] target = new int[12], rest = new int[9];
        Assert.Equal(12, model.Decode(target, new DecodeOptions { Start = Start }));
        Assert.Equal(Naive(Next, 12, canEnd: false), target);
        model.Decode(rest, new DecodeOptions { Start = Start, Prompt = target.AsMemory(0, 3) });
        Assert.Equal(target[3..], rest);
        int count = model.Decode(target, new DecodeOptions { Start = Start, End = End, BeamWidth = 2 });
        Assert.Equal(NaiveBeam(Next, 12, 2, 0), target[..count]);

        float[] Next(IReadOnlyList<int> written)
        {
            float[] tokens = [Start, .. written.Select(t => (float)t)], y = new float[5 * tokens.Length];
            model.Predict(tokens, y, samples: 1);
            double[] e = [.. y[^5..].Select(v => Math.Exp(v - y[^5..].Max()))];
            return [.. e.Select(v => (float)(v / e.Sum()))];
        }
    }

    [Fact]
    public void More_tokens_than_positions_are_told()
    {
        TransformerWriter model = new(seed: 1);
        DecodeOptions options = new() { Start = Start, End = End, Prompt = new[] { 3, 3 } };
        string message = Assert.Throws<ArgumentException>(() => model.Decode([3, 1], new int[11], options)).Message;
        Assert.Contains("13 steps", message, StringComparison.Ordinal);
        Assert.Contains("12", message, StringComparison.Ordinal);
        Assert.True(model.Decode([3, 1], new int[10], options) >= 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_decoder_looks_back_at_all_steps_of_its_source(int width)
    {
        AttentiveWriter model = new(seed: 4);
        float[] source = [3, 1, 4, 5, 5, 1, 0, 0];
        int[] target = new int[2 * 6], counts = new int[2], alone = new int[6];
        DecodeOptions options = new() { Start = Start, BeamWidth = width };
        model.Decode(source, target, counts, options, [4, 2]);
        Assert.Equal([6, 6], counts);
        for (int i = 0; i < 2; i++)
        {
            float[] own = source[(4 * i)..(i == 0 ? 4 : 6)];
            model.Decode(own, alone, options);
            Assert.Equal(alone, target[(6 * i)..(6 * (i + 1))]);
            if (width > 1)
            {
                continue;
            }

            float[] y = new float[4 * 6];
            model.Predict(own, [Start, .. alone[..5].Select(t => (float)t)], y, samples: 1);
            for (int step = 0; step < 6; step++)
            {
                Assert.Equal(y[(4 * step)..(4 * (step + 1))].Max(), y[(4 * step) + alone[step]], 1e-6f);
            }
        }
    }

    [Fact]
    public void Sources_of_unequal_lengths_are_masked()
    {
        Writer model = new(seed: 8);
        float[] source = [3, 1, 4, 5, 5, 1, 3, 4];
        int[] target = new int[2 * 6], counts = new int[2], alone = new int[6];
        DecodeOptions options = new() { Start = Start, End = End };
        model.Decode(source, target, counts, options, [4, 2]);
        Assert.Equal(model.Decode(source.AsSpan(4, 2), alone, options), counts[1]);
        Assert.Equal(alone, target[6..]);
    }

    [Fact]
    public void What_is_drawn_follows_the_probabilities_and_the_seed()
    {
        Writer model = new(seed: 3);
        float[] source = [3, 1];
        double[] expected = [.. Next(model, source, []).Select(p => Math.Pow(p, 1 / 1.5))];
        double[] kept = [.. expected.OrderDescending().Take(3)];
        double[] counted = new double[4];
        const int Draws = 4000;
        int[] target = new int[1];
        for (int i = 0; i < Draws; i++)
        {
            DecodeOptions options = new() { Start = Start, End = End, Temperature = 1.5, TopK = 3, Seed = (ulong)i };
            int count = model.Decode(source, target, options);
            counted[count == 0 ? End : target[0]]++;
            int[] again = new int[1];
            model.Decode(source, again, options);
            Assert.Equal(target, again);
        }

        for (int token = 0; token < 4; token++)
        {
            double p = kept.Contains(expected[token]) ? expected[token] / kept.Sum() : 0;
            Assert.InRange(counted[token] / Draws, p - (4 * Math.Sqrt(p * (1 - p) / Draws)), p + (4 * Math.Sqrt(p * (1 - p) / Draws)));
        }
    }

    [Fact]
    public void A_language_model_goes_on_from_a_prompt_to_the_bound()
    {
        LanguageModel model = new(seed: 3);
        int[] target = new int[8], rest = new int[5];
        Assert.Equal(8, model.Decode(target, new DecodeOptions { Start = 0 }));
        model.Decode(rest, new DecodeOptions { Start = 0, Prompt = target.AsMemory(0, 3) });
        Assert.Equal(target[3..], rest);
        int[] likeliest = new int[8];
        model.Decode(likeliest, new DecodeOptions { Start = 0, Temperature = 1, TopK = 1 });
        Assert.Equal(target, likeliest);
    }

    [Fact]
    public void What_cannot_be_is_said()
    {
        Writer model = new(seed: 3);
        int[] target = new int[4];
        DecodeOptions good = new() { Start = Start, End = End };
        foreach ((DecodeOptions options, string word) in new (DecodeOptions, string)[]
        {
            (good with { Start = 4 }, "Start"),
            (good with { End = -1 }, "End"),
            (good with { Prompt = new[] { 1, 9 } }, "Prompt"),
            (good with { BeamWidth = 0 }, "BeamWidth"),
            (good with { BeamWidth = 5 }, "BeamWidth of the decoding is 5; at most 4 is expected, as many as there are tokens."),
            (good with { Temperature = -1 }, "Temperature"),
            (good with { Temperature = double.NaN }, "Temperature"),
            (good with { TopK = -1 }, "TopK"),
            (good with { BeamWidth = 2, Temperature = 1 }, "Temperature of the decoding is 1; 0 is expected with a BeamWidth of 2, as a beam search does not draw."),
            (good with { LengthPenalty = double.NaN }, "LengthPenalty"),
        })
        {
            Assert.Contains(word, Assert.Throws<ArgumentException>(() => model.Decode([3, 1], target, options)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => model.Decode([3, 1], Span<int>.Empty, good));
        Assert.Throws<ArgumentException>(() => model.Decode([3, 1, 4], new int[7], new int[2], good));
        Assert.Throws<ArgumentException>(() => model.Decode([3, 1, 4], new int[8], new int[2], good));
        Assert.Contains(
            "Writer: the input 'source' holds the token 9 in sample 0, step 1; whole numbers from 0 to 5 are expected.",
            Assert.Throws<ArgumentOutOfRangeException>(() => model.Decode([3, 9], target, good)).Message,
            StringComparison.Ordinal);
        Assert.True(model.Decode([3, 1], target, good) >= 0);
    }

    private static float[] NextOf(TransformerWriter model, float[] source, IReadOnlyList<int> written)
    {
        float[] target = [Start, .. written.Select(t => (float)t)], y = new float[4 * target.Length];
        model.Predict(source, target, y, samples: 1);
        return y[^4..];
    }

    /// <summary>The likeliest token of a whole call at each step.</summary>
    private static List<int> Naive(Func<IReadOnlyList<int>, float[]> next, int most, bool canEnd = true)
    {
        List<int> written = [];
        while (written.Count < most)
        {
            float[] probabilities = next(written);
            int best = Array.IndexOf(probabilities, probabilities.Max());
            if (canEnd && best == End)
            {
                break;
            }

            written.Add(best);
        }

        return written;
    }

    /// <summary>A beam search that calls the whole network for each hypothesis at each step, and goes on while one is open.</summary>
    private static int[] NaiveBeam(Func<IReadOnlyList<int>, float[]> next, int most, int width, double penalty)
    {
        List<(int[] Tokens, double Score)> open = [([], 0)], ended = [];
        double Normalized((int[] Tokens, double Score) h) => h.Score / Math.Pow((5 + h.Tokens.Length) / 6.0, penalty);
        for (int step = 0; step < most && open.Count > 0; step++)
        {
            var candidates = open.SelectMany(h => next(h.Tokens).Select((p, token) => (h.Tokens, Token: token, Score: h.Score + Math.Log(p)))).OrderByDescending(c => c.Score).Take(2 * width).ToList();
            ended.AddRange(candidates.Take(width).Where(c => c.Token == End).Select(c => (c.Tokens, c.Score)));
            open = [.. candidates.Where(c => c.Token != End).Take(width).Select(c => ((int[])[.. c.Tokens, c.Token], c.Score))];
        }

        return ended.Concat(open).MaxBy(Normalized).Tokens;
    }

    /// <summary>The probabilities of what comes behind what is written.</summary>
    private static float[] Next(Writer model, float[] source, IReadOnlyList<int> written)
    {
        float[] target = [Start, .. written.Select(t => (float)t)], y = new float[4 * target.Length];
        model.Predict(source, target, y, samples: 1);
        return y[^4..];
    }
}
