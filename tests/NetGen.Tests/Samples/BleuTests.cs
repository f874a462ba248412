using NetGen.Samples;

namespace NetGen.Tests.Samples;

public sealed class BleuTests
{
    /// <summary>Of 6 words 5 are right, of 5 pairs 3, of 4 triples 2, of 3 quadruples 1, and nothing is too short.</summary>
    [Fact]
    public void Precisions_are_those_counted_by_hand() =>
        Assert.Equal(100 * Math.Pow(5.0 / 6 * 3 / 5 * 2 / 4 * 1 / 3, 0.25), Bleu.Of(["the cat sat on a mat"], ["the cat sat on the mat"]), 1e-9);

    /// <summary>After the paper's example: of seven times the, two are in the reference. Words 6 of 11, pairs 3 of 10, triples 2 of 9, quadruples 1 of 8; 13 words are expected.</summary>
    [Fact]
    public void A_word_counts_at_most_as_often_as_it_is_in_the_reference() => Assert.Equal(
        100 * Math.Pow(6.0 / 11 * 3 / 10 * 2 / 9 * 1 / 8, 0.25) * Math.Exp(1 - (13.0 / 11)),
        Bleu.Of(["the the the the the the the is on a mat"], ["the cat is on the mat is on a mat of a b"]),
        1e-9);

    [Fact]
    public void Counts_are_those_of_the_whole_corpus()
    {
        // All of the 6 words, 4 pairs, 2 triples and 1 quadruple are right; 7 words are expected.
        Assert.Equal(100 * Math.Exp(1 - (7.0 / 6)), Bleu.Of(["a b c d", "e f"], ["a b c d", "e f g"]), 1e-9);
        Assert.Equal(100, Bleu.Of(["a b c d", "e"], ["a b c d", "e"]), 1e-9);
    }

    [Fact]
    public void Nothing_right_and_nothing_written_are_worth_nothing()
    {
        Assert.Equal(0, Bleu.Of(["a b c d e"], ["f g h i j"]));
        Assert.Equal(0, Bleu.Of([""], ["a b c d"]));
        Assert.Equal(0, Bleu.Of(["a b c"], ["a b c"]));
    }
}
