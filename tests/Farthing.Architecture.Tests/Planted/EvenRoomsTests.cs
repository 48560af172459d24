using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests.Planted;

public sealed class EvenRoomsTests
{
    private const string Long = "src/Farthing.Workflows/Metering/Long.cs";

    [Theory]
    [InlineData("src/Farthing.Workflows/Metering/Long.cs")]
    [InlineData("tests/Farthing.Tests/LongTests.cs")]
    [InlineData("bench/generate.py")]
    [InlineData("src/Farthing.Storage/Sqlite/Migrations/0001.sql")]
    public void A_file_of_401_lines_is_found_and_one_of_400_is_not(string path)
    {
        using var house = new MiniHouse();

        EvenRooms.LongFiles(house.Write(path, Lines(400)).Read()).ShouldBeEmpty();
        EvenRooms.LongFiles(house.Write(path, Lines(401)).Read()).ShouldBe([$"{path}: 401 lines"]);
    }

    [Fact]
    public void Build_output_and_data_are_not_counted()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing/obj/Generated.cs", Lines(900)).Write("tests/Farthing.Tests/Golden/usage.jsonl", Lines(900));

        EvenRooms.LongFiles(house.Read()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Count", "int Count()\n{\n", "\nreturn 0;\n}")]
    [InlineData("Count", "int Count() =>\n", "\n0;")]
    [InlineData("Count", "int Count =>\n", "\n0;")]
    [InlineData("get", "int Count { get\n{\n", "\nreturn 0;\n} }")]
    [InlineData("Long", "Long()\n{\n", "\n}")]
    [InlineData("an operator", "public static Long operator +(Long left, Long right)\n{\n", "\nreturn left;\n}")]
    public void A_method_of_61_lines_is_found_and_one_of_60_is_not(string name, string head, string tail)
    {
        using var house = new MiniHouse();

        EvenRooms.LongMethods(house.Write(Long, Type(Method(head, tail, 60))).Read()).ShouldBeEmpty();
        EvenRooms.LongMethods(house.Write(Long, Type(Method(head, tail, 61))).Read()).ShouldBe([$"{Long}:2: {name} has 61 lines"]);
    }

    [Fact]
    public void Attributes_and_documentation_are_not_counted()
    {
        var method = "/// <summary>Counts.</summary>\n[Obsolete]\n" + Method("int Count()\n{\n", "\nreturn 0;\n}", 60);
        using var house = new MiniHouse();

        EvenRooms.LongMethods(house.Write(Long, Type(method)).Read()).ShouldBeEmpty();
    }

    [Fact]
    public void A_long_local_function_is_found_beside_the_method_around_it()
    {
        var function = Method("int Inner()\n{\n", "\nreturn 0;\n}", 61);
        using var house = new MiniHouse();

        EvenRooms.LongMethods(house.Write(Long, Type("int Outer()\n{\n" + function + "\nreturn Inner();\n}")).Read()).ShouldBe(
            [$"{Long}:2: Outer has 65 lines", $"{Long}:4: Inner has 61 lines"]);
    }

    [Fact]
    public void A_long_program_of_top_level_statements_is_found()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing/Program.cs", "using System;\n" + string.Concat(Enumerable.Repeat("Run();\n", 61)) + "static void Run()\n{\n}\n");

        EvenRooms.LongMethods(house.Read()).ShouldBe(["src/Farthing/Program.cs:2: the program has 64 lines"]);
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("-- line\n", count));

    private static string Type(string member) => $"internal sealed class Long {{\n{member}\n}}\n";

    private static string Method(string head, string tail, int lines) =>
        head + string.Join('\n', Enumerable.Repeat("//", lines - (head + tail).Count(letter => letter == '\n'))) + tail;
}
