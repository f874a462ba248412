namespace NetGen;

/// <summary>
/// Beam search: of each sample the likeliest hypotheses go on side by side, in rows of the stream that are moved as they branch. The best of those that have ended is kept;
/// the search of a sample ends when none that goes on can still be better.
/// </summary>
internal sealed class BeamDecoder(string network, InferenceStream stream, NetworkDefinition definition, int output, DecodeOptions options)
    : Decoder(network, stream, definition, output, options)
{
    private readonly int width = options.BeamWidth;
    private readonly float[] scores = new float[definition.Outputs[output].Size];
    private readonly PriorityQueue<(int Row, int Token, double Score), double> candidates = new();

    /// <inheritdoc/>
    protected override void Write(Span<int> target, Span<int> counts, int most)
    {
        int rows = this.Stream.Samples, samples = counts.Length;
        int[] next = new int[rows], from = new int[rows];
        int[] written = new int[rows * most], moved = new int[rows * most];
        double[] live = new double[rows];
        (int[] Tokens, double Score)[] ended = new (int[], double)[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            ended[sample] = ([], double.NegativeInfinity);

            // All rows of a sample stand at the same place yet: one of them counts.
            live.AsSpan(sample * this.width, this.width).Fill(double.NegativeInfinity);
            live[sample * this.width] = 0;
        }

        bool[] isDone = new bool[samples];
        for (int step = 0; step < most; step++)
        {
            for (int sample = 0; sample < samples; sample++)
            {
                if (isDone[sample])
                {
                    Stay(sample);
                    continue;
                }

                this.Gather(sample, live);
                int kept = 0, first = sample * this.width;
                live.AsSpan(first, this.width).Fill(double.NegativeInfinity);
                for (int rank = 0; this.candidates.Count > 0 && kept < this.width; rank++)
                {
                    (int row, int token, double score) = this.candidates.Dequeue();
                    if (token == this.Options.End)
                    {
                        if (rank < this.width)
                        {
                            this.Keep(ref ended[sample], written.AsSpan(row * most, step), score);
                        }

                        continue;
                    }

                    (from[first + kept], next[first + kept], live[first + kept]) = (row, token, score);
                    kept++;
                }

                this.candidates.Clear();
                for (; kept < this.width; kept++)
                {
                    (from[first + kept], next[first + kept]) = (first, this.Options.Start);
                }

                isDone[sample] = double.IsNegativeInfinity(live[first]) || ended[sample].Score >= this.BestPossible(live[first], step + 1, most);
            }

            for (int row = 0; row < rows; row++)
            {
                written.AsSpan(from[row] * most, step).CopyTo(moved.AsSpan(row * most));
                moved[(row * most) + step] = next[row];
            }

            (written, moved) = (moved, written);
            if (Array.TrueForAll(isDone, d => d))
            {
                break;
            }

            if (step + 1 < most)
            {
                // Rows of a sample share what was given to all steps.
                this.Stream.ReorderStates(from);
                this.Take(next);
            }
        }

        for (int sample = 0; sample < samples; sample++)
        {
            for (int row = sample * this.width; row < (sample + 1) * this.width && !isDone[sample]; row++)
            {
                if (!double.IsNegativeInfinity(live[row]))
                {
                    this.Keep(ref ended[sample], written.AsSpan(row * most, most), live[row]);
                }
            }

            ended[sample].Tokens.CopyTo(target.Slice(sample * most, most));
            counts[sample] = ended[sample].Tokens.Length;
        }

        void Stay(int sample)
        {
            for (int row = sample * this.width; row < (sample + 1) * this.width; row++)
            {
                (from[row], next[row]) = (row, this.Options.Start);
            }
        }
    }

    /// <summary>The likeliest continuations of a sample's hypotheses, twice as many as there are hypotheses: as many may end.</summary>
    private void Gather(int sample, double[] live)
    {
        PriorityQueue<(int Row, int Token, double Score), (double, int, int)> least = new();
        double bar = double.NegativeInfinity;
        for (int row = sample * this.width; row < (sample + 1) * this.width; row++)
        {
            if (double.IsNegativeInfinity(live[row]))
            {
                continue;
            }

            this.ReadScores(row, this.scores);
            for (int token = 0; token < this.scores.Length; token++)
            {
                double score = live[row] + this.scores[token];
                if (score <= bar)
                {
                    continue;
                }

                // Of equal ones the first stays. Most tokens stop at the bar of those that are kept, so that few go through the queue.
                least.Enqueue((row, token, score), (score, -row, -token));
                if (least.Count > 2 * this.width)
                {
                    least.Dequeue();
                    bar = least.Peek().Score;
                }
            }
        }

        while (least.TryDequeue(out (int Row, int Token, double Score) candidate, out _))
        {
            this.candidates.Enqueue(candidate, -candidate.Score);
        }
    }

    /// <summary>Keeps an ended hypothesis, if it is better than the one that is kept.</summary>
    private void Keep(ref (int[] Tokens, double Score) ended, ReadOnlySpan<int> tokens, double logProbability)
    {
        double score = logProbability / this.Penalty(tokens.Length);
        if (score > ended.Score)
        {
            ended = (tokens.ToArray(), score);
        }
    }

    /// <summary>The score of a hypothesis that loses nothing more, at the length that serves it best.</summary>
    private double BestPossible(double logProbability, int length, int most) =>
        Math.Max(logProbability / this.Penalty(length), logProbability / this.Penalty(most));

    private double Penalty(int length) => Math.Pow((5 + length) / 6.0, this.Options.LengthPenalty);
}
