using CsCheck;

namespace NetGen.Tests.Serialization;

public sealed class NearestNameTests
{
    private static readonly Gen<string> GenWord = Gen.Char["abc"].Array[0, 6].Select(letters => new string(letters));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("same", "same", 0)]
    public void The_distance_counts_edits(string a, string b, int expected) => Assert.Equal(expected, NearestName.Distance(a, b));

    [Fact]
    public void The_distance_is_that_of_the_recursive_definition() =>
        Gen.Select(GenWord, GenWord).Sample((a, b) => Assert.Equal(Recursive(a, b), NearestName.Distance(a, b)));

    [Fact]
    public void A_name_that_has_nothing_in_common_is_not_offered() => Assert.Null(NearestName.Find("abcd", ["wxyz", "q"]));

    [Fact]
    public void Names_of_any_length_are_compared() => Assert.NotNull(NearestName.Find(new string('a', 100_000), [new string('a', 99_999)]));

    private static int Recursive(string a, string b) => a.Length == 0 || b.Length == 0
        ? a.Length + b.Length
        : Math.Min(Math.Min(Recursive(a[1..], b), Recursive(a, b[1..])) + 1, Recursive(a[1..], b[1..]) + (a[0] == b[0] ? 0 : 1));
}
