use HTTP::Tiny;
print HTTP::Tiny->new(verify_SSL => 1)->get($ARGV[0])->{content}, "\n";
